package io.octnet.ops;

import io.octnet.autograd.Autograd;
import io.octnet.autograd.Node;
import io.octnet.compute.Backend;
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
    Tensor y = Tensor.allocate(Backend.compute().pool(), x.shape());
    float[] in = x.data();
    float[] out = y.data();
    Rows.forEach(
        x,
        (from, to) -> {
          double logSum = Rows.logSumExp(in, from, to);
          for (int i = from; i < to; i++) {
            out[i] = (float) Math.exp(in[i] - logSum);
          }
        });
    return Autograd.record(y, new Softmax(x, y));
  }

  // dx = y * (dy - sum(dy * y))
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
            sum += (double) dy[i] * out[i];
          }
          for (int i = from; i < to; i++) {
            dx[i] = (float) (out[i] * (dy[i] - sum));
          }
        });
    return new Tensor[] {gradInput};
  }
}
