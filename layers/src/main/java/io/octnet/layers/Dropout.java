package io.octnet.layers;

import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;
import java.util.List;

/**
 * In training sets a share of its inputs to 0 and scales the others up by {@code 1 / (1 - rate)};
 * otherwise passes them on.
 */
public final class Dropout extends Layer {
  private float rate;

  /**
   * With this rate.
   *
   * @param rate the share that becomes 0, in [0, 1)
   */
  public Dropout(double rate) {
    rate(rate);
  }

  /** Sets the share that becomes 0, at any time. */
  public void rate(double newRate) {
    if (!(newRate >= 0 && newRate < 1)) {
      throw error("the rate must lie in [0, 1), received %s", newRate);
    }
    rate = (float) newRate;
  }

  /** The share that becomes 0. */
  public float rate() {
    return rate;
  }

  @Override
  protected Shape build(List<Shape> inputs) {
    return single(inputs);
  }

  @Override
  public Tensor forward(List<Tensor> inputs, Pass pass) {
    Tensor x = inputs.getFirst();
    return pass.training() && rate > 0
        ? io.octnet.ops.Dropout.dropout(x, rate, pass.seedOf(this))
        : x.retain();
  }
}
