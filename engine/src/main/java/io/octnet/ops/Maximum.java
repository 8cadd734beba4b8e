package io.octnet.ops;

import io.octnet.autograd.Autograd;
import io.octnet.autograd.Node;
import io.octnet.compute.Backend;
import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;

/** {@code y = max(a, b)}, broadcast as in NumPy; of equal values, a gets the gradient. */
public final class Maximum extends Node {
  private final Tensor a;
  private final Tensor b;

  private Maximum(Tensor a, Tensor b) {
    super(inputs(a, b), a, b);
    this.a = a;
    this.b = b;
  }

  /** The larger of two elements. */
  public static Tensor maximum(Tensor a, Tensor b) {
    Shape shape = Broadcast.shape("maximum", a.shape(), b.shape());
    Tensor left = BroadcastTo.broadcastTo(a, shape);
    Tensor right = BroadcastTo.broadcastTo(b, shape);
    Tensor y = Tensor.allocate(Backend.compute().pool(), shape);
    float[] first = left.data();
    float[] second = right.data();
    float[] to = y.data();
    Ranges.run(
        y.size(),
        1,
        (start, end) -> {
          for (int i = start; i < end; i++) {
            to[i] = Math.max(first[i], second[i]);
          }
        });
    Autograd.record(y, new Maximum(left, right));
    left.release();
    right.release();
    return y;
  }

  // da = dy where a >= b, db = dy elsewhere
  @Override
  protected Tensor[] backward(Tensor dy) {
    Tensor da = Tensor.allocate(Backend.compute().pool(), dy.shape());
    Tensor db = Tensor.allocate(Backend.compute().pool(), dy.shape());
    Ranges.run(
        dy.size(),
        1,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            boolean first = a.data()[i] >= b.data()[i];
            da.data()[i] = first ? dy.data()[i] : 0;
            db.data()[i] = first ? 0 : dy.data()[i];
          }
        });
    return new Tensor[] {da, db};
  }
}
