package io.octnet.ops;

import io.octnet.autograd.Autograd;
import io.octnet.autograd.Node;
import io.octnet.compute.Backend;
import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;

/**
 * {@code loss = mean((x - target)^2)} over all elements, x and target of one shape, loss: scalar.
 */
public final class MeanSquaredError extends Node {
  private final Tensor x;
  private final Tensor target;

  private MeanSquaredError(Tensor x, Tensor target) {
    super(inputs(x, target), x, target);
    this.x = x;
    this.target = target;
  }

  /** The mean loss. */
  public static Tensor meanSquaredError(Tensor x, Tensor target) {
    Check.shape("mean_squared_error", "target for x", target, x.shape());
    double sum = 0;
    for (int i = 0; i < x.size(); i++) {
      double difference = (double) x.data()[i] - target.data()[i];
      sum += difference * difference;
    }
    Tensor y = Tensor.allocate(Backend.compute().pool(), Shape.scalar());
    y.data()[0] = (float) (sum / x.size());
    return Autograd.record(y, new MeanSquaredError(x, target));
  }

  // dx = dy * 2 * (x - target) / size, dTarget = -dx
  @Override
  protected Tensor[] backward(Tensor dy) {
    double factor = 2.0 * dy.item() / x.size();
    return new Tensor[] {
      needsGrad(0) ? difference(factor, x, target) : null,
      needsGrad(1) ? difference(factor, target, x) : null
    };
  }

  private static Tensor difference(double factor, Tensor a, Tensor b) {
    Tensor result = Tensor.allocate(Backend.compute().pool(), a.shape());
    for (int i = 0; i < a.size(); i++) {
      result.data()[i] = (float) (factor * ((double) a.data()[i] - b.data()[i]));
    }
    return result;
  }
}
