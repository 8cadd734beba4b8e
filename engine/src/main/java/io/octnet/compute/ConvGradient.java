package io.octnet.compute;

/**
 * The gradient that a convolution's backward rules read: {@code dy}, or {@code dy} where {@code y >
 * 0} and 0 elsewhere, when the convolution was followed by a ReLU with output {@code y}.
 *
 * @param dy (N, P, Q, K)
 * @param y (N, P, Q, K), or null for no mask
 */
public record ConvGradient(float[] dy, float[] y) {
  /** The plain gradient. */
  public static ConvGradient of(float[] dy) {
    return new ConvGradient(dy, null);
  }
}
