package io.octnet.ops;

import io.octnet.autograd.Autograd;
import io.octnet.autograd.Node;
import io.octnet.compute.Backend;
import io.octnet.compute.Compute;
import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;

/** {@code y = x + bias[c]}, x: (..., C), bias: (C). */
public final class BiasAdd extends Node {
  private final Shape biasShape;

  private BiasAdd(Tensor x, Tensor bias) {
    super(inputs(x, bias));
    this.biasShape = bias.shape();
  }

  /** Adds a value per channel. */
  public static Tensor biasAdd(Tensor x, Tensor bias) {
    Check.rankAtLeast("bias_add", "x", x, 1);
    Check.shape("bias_add", "bias for x " + x.shape(), bias, Shape.of(x.dim(-1)));
    Compute compute = Backend.compute();
    Tensor y = Tensor.allocate(compute.pool(), x.shape());
    int channels = bias.size();
    compute.biasAdd(x.size() / channels, channels, x.data(), bias.data(), false, y.data());
    return Autograd.record(y, new BiasAdd(x, bias));
  }

  // dx = dy, dBias[c] = sum over rows of dy
  @Override
  protected Tensor[] backward(Tensor dy) {
    Tensor dBias = null;
    if (needsGrad(1)) {
      Compute compute = Backend.compute();
      dBias = Tensor.allocate(compute.pool(), biasShape);
      int channels = dBias.size();
      compute.columnSums(dy.size() / channels, channels, dy.data(), dBias.data());
    }
    return new Tensor[] {dy.retain(), dBias};
  }
}
