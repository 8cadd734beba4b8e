package io.octnet.ops;

import io.octnet.autograd.Autograd;
import io.octnet.autograd.Node;
import io.octnet.compute.Backend;
import io.octnet.compute.Compute;
import io.octnet.tensor.Tensor;

/** {@code y = factor * x} with a constant factor, any shape. */
public final class Scale extends Node {
  private final float factor;

  private Scale(Tensor x, float factor) {
    super(inputs(x));
    this.factor = factor;
  }

  /** The multiple of a tensor. */
  public static Tensor scale(Tensor x, float factor) {
    Compute compute = Backend.compute();
    Tensor y = Tensor.allocate(compute.pool(), x.shape());
    compute.scale(x.size(), factor, x.data(), y.data());
    return Autograd.record(y, new Scale(x, factor));
  }

  // dx = factor * dy
  @Override
  protected Tensor[] backward(Tensor dy) {
    Compute compute = Backend.compute();
    Tensor dx = dy.isExclusive() ? dy.retain() : Tensor.allocate(compute.pool(), dy.shape());
    compute.scale(dy.size(), factor, dy.data(), dx.data());
    return new Tensor[] {dx};
  }
}
