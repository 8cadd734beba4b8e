package io.octnet.layers;

/**
 * Says of a layer that, while it has no weights that train, its output for an example is a function
 * of that example alone, the same in every pass: nothing random, nothing of the rest of the batch.
 * What lies below the first layer that trains is computed once, and kept, only where all layers say
 * so; a layer that says nothing is computed in every step.
 */
public interface Deterministic {}
