package io.octnet.ops;

import io.octnet.autograd.Autograd;
import io.octnet.autograd.Node;
import io.octnet.compute.Backend;
import io.octnet.compute.Compute;
import io.octnet.tensor.Tensor;

/** {@code y = exp(x) / sum(exp(x))} over the last axis, x and y: (..., C); stable for any x. */
public final class Softmax extends Node {
  private final Tensor y;

  private Softmax(Tensor x, Tensor y) {
    super(inputs(x), y);
    this.y = y;
  }

  /** Over the last axis. */
  public static Tensor softmax(Tensor x) {
    Check.rankAtLeast("softmax", "x", x, 1);
    Compute compute = Backend.compute();
    Tensor y = Tensor.allocate(compute.pool(), x.shape());
    compute.softmax(x.size() / x.dim(-1), x.dim(-1), x.data(), y.data());
    return Autograd.record(y, new Softmax(x, y));
  }

  // dx = y * (dy - sum(dy * y))
  @Override
  protected Tensor[] backward(Tensor dy) {
    Compute compute = Backend.compute();
    Tensor dx = Tensor.allocate(compute.pool(), y.shape());
    compute.softmaxBackward(y.size() / y.dim(-1), y.dim(-1), y.data(), dy.data(), dx.data());
    return new Tensor[] {dx};
  }
}
