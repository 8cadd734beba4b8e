package io.octnet.optimizers;

import io.octnet.compute.Backend;
import io.octnet.tensor.Tensor;

/**
 * Adam with decoupled weight decay (Loshchilov and Hutter, 2019): {@code w -= rate * decay * w}
 * before each step of {@link Adam}. As in Keras, every trained weight decays.
 */
public final class AdamW extends Optimizer {
  private final double weightDecay;

  /** With Keras's defaults: learning rate 0.001, decay 0.004. */
  public AdamW() {
    this(0.001, 0.004);
  }

  /** With a learning rate and a decay. */
  public AdamW(double learningRate, double weightDecay) {
    super(learningRate);
    if (!(weightDecay >= 0)) {
      throw new IllegalArgumentException(
          "weight decay must not be negative, received " + weightDecay);
    }
    this.weightDecay = weightDecay;
  }

  @Override
  protected void update(String path, Tensor weight, float[] gradient, float rate) {
    int n = weight.size();
    float[] w = weight.data();
    Backend.compute().scale(n, (float) (1 - rate * weightDecay), w, w);
    Adam.step(weight, slot("m", path, n), slot("v", path, n), gradient, rate, iterations());
  }

  @Override
  public int slotsPerWeight() {
    return 2;
  }
}
