/** The five networks, with Keras's layer names and order. */
package io.octnet.zoo;
