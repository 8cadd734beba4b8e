/** Models, graphs of named layers, and the loop that trains them. */
package io.octnet.models;
