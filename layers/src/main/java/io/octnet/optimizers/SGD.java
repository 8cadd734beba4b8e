package io.octnet.optimizers;

import io.octnet.compute.Backend;
import io.octnet.compute.Compute;
import io.octnet.tensor.Tensor;

/**
 * Stochastic gradient descent in Keras's form: {@code w -= rate * g}; with momentum {@code m =
 * momentum * m - rate * g; w += m}; with Nesterov's {@code w += momentum * m - rate * g} instead.
 */
public final class SGD extends Optimizer {
  private final float momentum;
  private final boolean nesterov;

  /** Without momentum. */
  public SGD(double learningRate) {
    this(learningRate, 0, false);
  }

  /** With momentum. */
  public SGD(double learningRate, double momentum, boolean nesterov) {
    super(learningRate);
    if (!(momentum >= 0 && momentum <= 1)) {
      throw new IllegalArgumentException("momentum must lie in [0, 1], received " + momentum);
    }
    this.momentum = (float) momentum;
    this.nesterov = nesterov;
  }

  @Override
  protected void update(String path, Tensor weight, float[] gradient, float rate) {
    Compute compute = Backend.compute();
    float[] w = weight.data();
    int n = weight.size();
    if (momentum == 0) {
      compute.axpy(n, -rate, gradient, w);
      return;
    }
    float[] m = slot("m", path, n);
    compute.scale(n, momentum, m, m);
    compute.axpy(n, -rate, gradient, m);
    if (nesterov) {
      compute.axpy(n, momentum, m, w);
      compute.axpy(n, -rate, gradient, w);
    } else {
      compute.axpy(n, 1, m, w);
    }
  }

  @Override
  public int slotsPerWeight() {
    return momentum == 0 ? 0 : 1;
  }
}
