/** Text for people and files, the same whatever the locale. */
package io.octnet.text;
