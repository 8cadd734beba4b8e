package io.octnet.tensor;

/**
 * What made a tensor: the link that {@code autograd} follows backwards. A tensor only keeps it;
 * {@code autograd.Node} is its implementation.
 */
public interface Producer {}
