package io.octnet.ops;

import io.octnet.autograd.Autograd;
import io.octnet.autograd.Node;
import io.octnet.compute.Backend;
import io.octnet.compute.Compute;
import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;

/** {@code y = a - b}, broadcast as in NumPy. */
public final class Subtract extends Node {
  private Subtract(Tensor a, Tensor b) {
    super(inputs(a, b));
  }

  /** The difference. */
  public static Tensor subtract(Tensor a, Tensor b) {
    Shape shape = Broadcast.shape("subtract", a.shape(), b.shape());
    Tensor left = BroadcastTo.broadcastTo(a, shape);
    Tensor right = BroadcastTo.broadcastTo(b, shape);
    Compute compute = Backend.compute();
    Tensor y = Tensor.allocate(compute.pool(), shape);
    compute.scale(y.size(), -1, right.data(), y.data());
    compute.add(y.size(), left.data(), y.data(), y.data());
    Autograd.record(y, new Subtract(left, right));
    left.release();
    right.release();
    return y;
  }

  // da = dy, db = -dy
  @Override
  protected Tensor[] backward(Tensor dy) {
    Tensor db = null;
    if (needsGrad(1)) {
      Compute compute = Backend.compute();
      db = Tensor.allocate(compute.pool(), dy.shape());
      compute.scale(dy.size(), -1, dy.data(), db.data());
    }
    return new Tensor[] {dy.retain(), db};
  }
}
