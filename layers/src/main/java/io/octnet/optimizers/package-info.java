/** Optimizers in Keras's exact forms, and learning rate schedules. */
package io.octnet.optimizers;
