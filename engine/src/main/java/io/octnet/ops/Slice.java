package io.octnet.ops;

import io.octnet.autograd.Autograd;
import io.octnet.autograd.Node;
import io.octnet.compute.Backend;
import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;

/** A range of one axis: NumPy's {@code x[..., from:to, ...]}. */
public final class Slice extends Node {
  private final Shape shape; // of x
  private final int axis;
  private final int from;

  private Slice(Tensor x, int axis, int from) {
    super(inputs(x));
    this.shape = x.shape();
    this.axis = axis;
    this.from = from;
  }

  /**
   * The elements {@code from} (inclusive) to {@code to} (exclusive) along an axis.
   *
   * @param axis negative ones count from the end
   */
  public static Tensor slice(Tensor x, int axis, int from, int to) {
    int at = x.shape().axis(axis);
    Check.that(
        0 <= from && from < to && to <= x.dim(at),
        "slice",
        "the range %d to %d does not lie in axis %d of shape %s, or is empty",
        from,
        to,
        at,
        x.shape());
    int[] dims = x.shape().toArray();
    dims[at] = to - from;
    Tensor y = Tensor.allocate(Backend.compute().pool(), Shape.of(dims));
    copy(x, from, y, 0, at, to - from);
    return Autograd.record(y, new Slice(x, at, from));
  }

  // dx = dy in the range, 0 elsewhere
  @Override
  protected Tensor[] backward(Tensor dy) {
    Tensor dx = Tensor.allocate(Backend.compute().pool(), shape);
    Blocks.zero(dx);
    copy(dy, 0, dx, from, axis, dy.dim(axis));
    return new Tensor[] {dx};
  }

  /** Copies {@code length} places of an axis from one tensor into another. */
  static void copy(Tensor x, int xStart, Tensor y, int yStart, int axis, int length) {
    int inner = x.shape().sizeOf(axis + 1, x.shape().rank());
    Blocks.copy(
        x.shape().sizeOf(0, axis),
        length * inner,
        new Blocks.Place(x.data(), xStart * inner, x.dim(axis) * inner),
        new Blocks.Place(y.data(), yStart * inner, y.dim(axis) * inner));
  }
}
