package io.octnet.ops;

import io.octnet.tensor.Tensor;

/** {@code y = min(a, b) = -max(-a, -b)}, broadcast as in NumPy; see {@link Maximum}. */
public final class Minimum {
  private Minimum() {}

  /** The smaller of two elements. */
  public static Tensor minimum(Tensor a, Tensor b) {
    Tensor left = Scale.scale(a, -1);
    Tensor right = Scale.scale(b, -1);
    Tensor most = Maximum.maximum(left, right);
    left.release();
    right.release();
    Tensor least = Scale.scale(most, -1);
    most.release();
    return least;
  }
}
