package io.octnet.ops;

import io.octnet.autograd.Autograd;
import io.octnet.autograd.Node;
import io.octnet.compute.Backend;
import io.octnet.compute.Compute;
import io.octnet.compute.Unary;
import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;

/**
 * {@code y = a + b}, broadcast as in NumPy; with an optional ReLU: ResNet's {@code max(0, a + b)}.
 */
public final class Add extends Node {
  private final Tensor mask; // y, where a ReLU follows

  private Add(Tensor a, Tensor b, Tensor mask) {
    super(inputs(a, b), mask);
    this.mask = mask;
  }

  /** The sum. */
  public static Tensor add(Tensor a, Tensor b) {
    return add(a, b, false);
  }

  /** The sum, rectified if asked. */
  public static Tensor add(Tensor a, Tensor b, boolean relu) {
    Shape shape = Broadcast.shape("add", a.shape(), b.shape());
    Tensor left = BroadcastTo.broadcastTo(a, shape);
    Tensor right = BroadcastTo.broadcastTo(b, shape);
    Compute compute = Backend.compute();
    Tensor y = Tensor.allocate(compute.pool(), shape);
    compute.add(y.size(), left.data(), right.data(), y.data());
    if (relu) {
      compute.unary(Unary.RELU, 0, y.size(), y.data(), y.data());
    }
    Autograd.record(y, new Add(left, right, relu ? y : null));
    left.release();
    right.release();
    return y;
  }

  // da = db = dy where y > 0 or there is no ReLU, else 0
  @Override
  protected Tensor[] backward(Tensor dy) {
    Tensor masked = Masked.relu(dy, mask);
    return new Tensor[] {masked, masked.retain()};
  }
}
