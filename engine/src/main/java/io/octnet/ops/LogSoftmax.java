package io.octnet.ops;

import io.octnet.autograd.Autograd;
import io.octnet.autograd.Node;
import io.octnet.compute.Backend;
import io.octnet.compute.Compute;
import io.octnet.tensor.Tensor;

/** {@code y = x - log(sum(exp(x)))} over the last axis, x and y: (..., C); stable for any x. */
public final class LogSoftmax extends Node {
  private final Tensor y;

  private LogSoftmax(Tensor x, Tensor y) {
    super(inputs(x), y);
    this.y = y;
  }

  /** Over the last axis. */
  public static Tensor logSoftmax(Tensor x) {
    Check.rankAtLeast("log_softmax", "x", x, 1);
    Compute compute = Backend.compute();
    Tensor y = Tensor.allocate(compute.pool(), x.shape());
    compute.logSoftmax(x.size() / x.dim(-1), x.dim(-1), x.data(), y.data());
    return Autograd.record(y, new LogSoftmax(x, y));
  }

  // dx = dy - exp(y) * sum(dy)
  @Override
  protected Tensor[] backward(Tensor dy) {
    Compute compute = Backend.compute();
    Tensor dx = Tensor.allocate(compute.pool(), y.shape());
    compute.logSoftmaxBackward(y.size() / y.dim(-1), y.dim(-1), y.data(), dy.data(), dx.data());
    return new Tensor[] {dx};
  }
}
