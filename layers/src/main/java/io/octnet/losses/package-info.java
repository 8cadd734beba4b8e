/** What training makes small. */
package io.octnet.losses;
