/** Where in a scan the network saw what it says. */
package io.octnet.explain;
