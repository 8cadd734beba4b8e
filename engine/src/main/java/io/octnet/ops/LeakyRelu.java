package io.octnet.ops;

import io.octnet.autograd.Autograd;
import io.octnet.autograd.Node;
import io.octnet.compute.Backend;
import io.octnet.compute.Compute;
import io.octnet.compute.Unary;
import io.octnet.tensor.Tensor;

/** Leaky rectifier: {@code y = x} where positive, else {@code slope * x}; any shape. */
public final class LeakyRelu extends Node {
  private final Tensor x;
  private final float slope;

  private LeakyRelu(Tensor x, float slope) {
    super(inputs(x), x);
    this.x = x;
    this.slope = slope;
  }

  /** The leaky rectified tensor. */
  public static Tensor leakyRelu(Tensor x, float slope) {
    Compute compute = Backend.compute();
    Tensor y = Tensor.allocate(compute.pool(), x.shape());
    compute.unary(Unary.LEAKY_RELU, slope, x.size(), x.data(), y.data());
    return Autograd.record(y, new LeakyRelu(x, slope));
  }

  // dx = dy where x > 0, else slope * dy
  @Override
  protected Tensor[] backward(Tensor dy) {
    Compute compute = Backend.compute();
    Tensor dx = dy.isExclusive() ? dy.retain() : Tensor.allocate(compute.pool(), dy.shape());
    compute.unaryBackward(Unary.LEAKY_RELU, slope, dy.size(), x.data(), null, dy.data(), dx.data());
    return new Tensor[] {dx};
  }
}
