package io.octnet.ops;

import io.octnet.autograd.Autograd;
import io.octnet.autograd.Node;
import io.octnet.compute.Backend;
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
    Tensor y = Tensor.allocate(Backend.compute().pool(), x.shape());
    values(x, y);
    return Autograd.record(y, new LogSoftmax(x, y));
  }

  /** Into y, and nothing recorded. */
  static void values(Tensor x, Tensor y) {
    float[] in = x.data();
    float[] out = y.data();
    Rows.forEach(
        x,
        (from, to) -> {
          double logSum = Rows.logSumExp(in, from, to);
          for (int i = from; i < to; i++) {
            out[i] = (float) (in[i] - logSum);
          }
        });
  }

  // dx = dy - exp(y) * sum(dy)
  @Override
  protected Tensor[] backward(Tensor gradOutput) {
    Tensor gradInput = Tensor.allocate(Backend.compute().pool(), y.shape());
    float[] out = y.data();
    float[] dy = gradOutput.data();
    float[] dx = gradInput.data();
    Rows.forEach(
        y,
        (from, to) -> {
          double sum = 0;
          for (int i = from; i < to; i++) {
            sum += dy[i];
          }
          for (int i = from; i < to; i++) {
            dx[i] = (float) (dy[i] - Math.exp(out[i]) * sum);
          }
        });
    return new Tensor[] {gradInput};
  }
}
