package io.octnet.ops;

import io.octnet.autograd.Autograd;
import io.octnet.autograd.Node;
import io.octnet.compute.Backend;
import io.octnet.compute.Compute;
import io.octnet.compute.Unary;
import io.octnet.tensor.Tensor;

/** Hyperbolic tangent: {@code y = tanh(x)}, any shape. */
public final class Tanh extends Node {
  private final Tensor y;

  private Tanh(Tensor x, Tensor y) {
    super(inputs(x), y);
    this.y = y;
  }

  /** The hyperbolic tangent of each element. */
  public static Tensor tanh(Tensor x) {
    Compute compute = Backend.compute();
    Tensor y = Tensor.allocate(compute.pool(), x.shape());
    compute.unary(Unary.TANH, 0, x.size(), x.data(), y.data());
    return Autograd.record(y, new Tanh(x, y));
  }

  // dx = dy * (1 - y * y)
  @Override
  protected Tensor[] backward(Tensor dy) {
    Compute compute = Backend.compute();
    Tensor dx = dy.isExclusive() ? dy.retain() : Tensor.allocate(compute.pool(), dy.shape());
    compute.unaryBackward(Unary.TANH, 0, dy.size(), null, y.data(), dy.data(), dx.data());
    return new Tensor[] {dx};
  }
}
