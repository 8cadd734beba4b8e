package io.octnet.ops;

import io.octnet.autograd.Autograd;
import io.octnet.autograd.Node;
import io.octnet.compute.Backend;
import io.octnet.compute.Compute;
import io.octnet.compute.Unary;
import io.octnet.tensor.Tensor;

/** Rectifier: {@code y = max(x, 0)}, any shape; the gradient at 0 is 0, as in Keras. */
public final class Relu extends Node {
  private final Tensor y;

  private Relu(Tensor x, Tensor y) {
    super(inputs(x), y);
    this.y = y;
  }

  /** The rectified tensor. */
  public static Tensor relu(Tensor x) {
    Compute compute = Backend.compute();
    Tensor y = Tensor.allocate(compute.pool(), x.shape());
    compute.unary(Unary.RELU, 0, x.size(), x.data(), y.data());
    return Autograd.record(y, new Relu(x, y));
  }

  // dx = dy where y > 0, else 0
  @Override
  protected Tensor[] backward(Tensor dy) {
    Compute compute = Backend.compute();
    Tensor dx = dy.isExclusive() ? dy.retain() : Tensor.allocate(compute.pool(), dy.shape());
    compute.unaryBackward(Unary.RELU, 0, dy.size(), null, y.data(), dy.data(), dx.data());
    return new Tensor[] {dx};
  }
}
