package io.octnet.ops;

import io.octnet.autograd.Autograd;
import io.octnet.autograd.Node;
import io.octnet.compute.Backend;
import io.octnet.compute.Compute;
import io.octnet.compute.Unary;
import io.octnet.tensor.Tensor;

/** Logistic function: {@code y = 1 / (1 + exp(-x))}, any shape. */
public final class Sigmoid extends Node {
  private final Tensor y;

  private Sigmoid(Tensor x, Tensor y) {
    super(inputs(x), y);
    this.y = y;
  }

  /** The sigmoid of each element. */
  public static Tensor sigmoid(Tensor x) {
    Compute compute = Backend.compute();
    Tensor y = Tensor.allocate(compute.pool(), x.shape());
    compute.unary(Unary.SIGMOID, 0, x.size(), x.data(), y.data());
    return Autograd.record(y, new Sigmoid(x, y));
  }

  // dx = dy * y * (1 - y)
  @Override
  protected Tensor[] backward(Tensor dy) {
    Compute compute = Backend.compute();
    Tensor dx = dy.isExclusive() ? dy.retain() : Tensor.allocate(compute.pool(), dy.shape());
    compute.unaryBackward(Unary.SIGMOID, 0, dy.size(), null, y.data(), dy.data(), dx.data());
    return new Tensor[] {dx};
  }
}
