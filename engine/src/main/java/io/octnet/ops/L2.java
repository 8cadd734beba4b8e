package io.octnet.ops;

import io.octnet.autograd.Autograd;
import io.octnet.autograd.Node;
import io.octnet.compute.Backend;
import io.octnet.compute.Compute;
import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;

/** Keras's L2 penalty of a weight: {@code y = factor * sum(w * w)}, not halved; y: scalar. */
public final class L2 extends Node {
  private final Tensor w;
  private final float factor;

  private L2(Tensor w, float factor) {
    super(inputs(w), w);
    this.w = w;
    this.factor = factor;
  }

  /** The penalty. */
  public static Tensor l2(Tensor w, float factor) {
    Compute compute = Backend.compute();
    Tensor y = Tensor.allocate(compute.pool(), Shape.scalar());
    y.data()[0] = (float) (factor * compute.sumOfSquares(w.size(), w.data()));
    return Autograd.record(y, new L2(w, factor));
  }

  // dw = dy * 2 * factor * w
  @Override
  protected Tensor[] backward(Tensor dy) {
    Compute compute = Backend.compute();
    Tensor dw = Tensor.allocate(compute.pool(), w.shape());
    compute.scale(w.size(), 2 * factor * dy.item(), w.data(), dw.data());
    return new Tensor[] {dw};
  }
}
