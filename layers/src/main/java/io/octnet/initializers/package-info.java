/** How weights start: Keras's initializers, from seeded streams. */
package io.octnet.initializers;
