package io.octnet.ops;

import io.octnet.autograd.Autograd;
import io.octnet.autograd.Node;
import io.octnet.compute.Backend;
import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;

/** Repeats axes of length 1, and adds leading axes, as NumPy's {@code broadcast_to}. */
public final class BroadcastTo extends Node {
  private final Shape from;

  private BroadcastTo(Tensor x) {
    super(inputs(x));
    this.from = x.shape();
  }

  /**
   * The tensor in a larger shape; itself, with one more hold, if it has that shape already.
   *
   * @throws IllegalArgumentException if the shape cannot be reached
   */
  public static Tensor broadcastTo(Tensor x, Shape shape) {
    if (x.shape().equals(shape)) {
      return x.retain();
    }
    Check.that(
        Broadcast.shape("broadcast_to", x.shape(), shape).equals(shape),
        "broadcast_to",
        "x of shape %s cannot be repeated to shape %s",
        x.shape(),
        shape);
    Tensor y = Tensor.allocate(Backend.compute().pool(), shape);
    Broadcast.expand(x.shape(), x.data(), shape, y.data());
    return Autograd.record(y, new BroadcastTo(x));
  }

  // dx = sum of dy over the repeated axes
  @Override
  protected Tensor[] backward(Tensor dy) {
    Tensor dx = Tensor.allocate(Backend.compute().pool(), from);
    Broadcast.sum(dy.shape(), dy.data(), from, dx.data());
    return new Tensor[] {dx};
  }
}
