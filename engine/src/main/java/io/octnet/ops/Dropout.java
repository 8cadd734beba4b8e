package io.octnet.ops;

import io.octnet.autograd.Autograd;
import io.octnet.autograd.Node;
import io.octnet.compute.Backend;
import io.octnet.compute.Compute;
import io.octnet.tensor.Tensor;

/**
 * Inverted dropout: {@code y = x / (1 - rate)} with probability {@code 1 - rate}, else 0; any
 * shape. Srivastava et al., 2014.
 *
 * <p>Which elements are kept is a function of the seed and the element's index, so the backward
 * rule needs no stored mask, and neither depends on threads.
 */
public final class Dropout extends Node {
  private final float rate;
  private final long seed;

  private Dropout(Tensor x, float rate, long seed) {
    super(inputs(x));
    this.rate = rate;
    this.seed = seed;
  }

  /**
   * Drops elements; for training only.
   *
   * @param rate the share that becomes 0, in {@code [0, 1)}
   * @param seed another one for each call
   */
  public static Tensor dropout(Tensor x, float rate, long seed) {
    checkRate(rate);
    Compute compute = Backend.compute();
    Tensor y = Tensor.allocate(compute.pool(), x.shape());
    compute.dropout(x.size(), rate, seed, x.data(), y.data());
    return Autograd.record(y, new Dropout(x, rate, seed));
  }

  static void checkRate(float rate) {
    Check.that(rate >= 0 && rate < 1, "dropout", "rate must lie in [0, 1), received %s", rate);
  }

  // dx = dy / (1 - rate) where kept, else 0
  @Override
  protected Tensor[] backward(Tensor dy) {
    Compute compute = Backend.compute();
    Tensor dx = dy.isExclusive() ? dy.retain() : Tensor.allocate(compute.pool(), dy.shape());
    compute.dropout(dy.size(), rate, seed, dy.data(), dx.data());
    return new Tensor[] {dx};
  }
}
