/**
 * Layers by Keras's names and defaults. A layer is configured, applied once to {@link
 * io.octnet.layers.Symbol symbols}, which builds its weights' shapes, and then run on tensors by
 * the {@code Model} it is part of. Shapes of symbols are those of one example, without the batch
 * axis.
 */
package io.octnet.layers;
