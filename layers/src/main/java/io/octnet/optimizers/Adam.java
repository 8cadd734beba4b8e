package io.octnet.optimizers;

import io.octnet.compute.Backend;
import io.octnet.tensor.Tensor;

/**
 * Adam in Keras's form (Kingma and Ba, 2015, end of section 2): {@code m += (g - m)(1 - beta1)},
 * {@code v += (g*g - v)(1 - beta2)}, {@code w -= rate * sqrt(1 - beta2^t) / (1 - beta1^t) * m /
 * (sqrt(v) + epsilon)}. Epsilon stands outside the root and is not bias-corrected; the powers are
 * those of the float32 betas.
 */
public final class Adam extends Optimizer {
  private static final double BETA1 = 0.9;
  private static final double BETA2 = 0.999;
  private static final float EPSILON = 1e-7f;

  /** With Keras's defaults: learning rate 0.001, betas 0.9 and 0.999, epsilon 1e-7. */
  public Adam() {
    this(0.001);
  }

  /** With a learning rate. */
  public Adam(double learningRate) {
    super(learningRate);
  }

  @Override
  protected void update(String path, Tensor weight, float[] gradient, float rate) {
    int n = weight.size();
    step(weight, slot("m", path, n), slot("v", path, n), gradient, rate, iterations());
  }

  static void step(
      Tensor weight, float[] m, float[] v, float[] gradient, float rate, long iteration) {
    double correction =
        Math.sqrt(1 - Math.pow((float) BETA2, iteration))
            / (1 - Math.pow((float) BETA1, iteration));
    Backend.compute()
        .adam(
            weight.size(),
            (float) (rate * correction),
            BETA1,
            BETA2,
            EPSILON,
            gradient,
            m,
            v,
            weight.data());
  }

  @Override
  public int slotsPerWeight() {
    return 2;
  }
}
