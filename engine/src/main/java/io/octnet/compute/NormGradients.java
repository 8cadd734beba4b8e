package io.octnet.compute;

/**
 * Where the gradients of a batch norm go.
 *
 * @param dGamma (C)
 * @param dBeta (C)
 * @param dx (rows, C), or null when only the parameters' gradients are wanted
 */
public record NormGradients(float[] dGamma, float[] dBeta, float[] dx) {}
