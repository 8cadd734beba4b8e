package io.octnet.ops;

import io.octnet.tensor.Tensor;

/** {@code y = mean of x} over some axes, or all: a {@link Sum}, scaled. */
public final class Mean {
  private Mean() {}

  /** The mean of all elements, a scalar. */
  public static Tensor mean(Tensor x) {
    return scaled(x, Sum.sum(x));
  }

  /**
   * The means over some axes.
   *
   * @param keepAxes whether those axes stay, with length 1
   * @param axes which to average over; negative ones count from the end
   */
  public static Tensor mean(Tensor x, boolean keepAxes, int... axes) {
    return scaled(x, Sum.sum(x, keepAxes, axes));
  }

  private static Tensor scaled(Tensor x, Tensor sum) {
    Tensor mean = Scale.scale(sum, (float) sum.size() / x.size());
    sum.release();
    return mean;
  }
}
