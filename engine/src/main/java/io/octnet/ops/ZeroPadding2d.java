package io.octnet.ops;

import io.octnet.autograd.Autograd;
import io.octnet.autograd.Node;
import io.octnet.compute.Backend;
import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;

/** A border of zeros, x: (N, H, W, C), y: (N, top + H + bottom, left + W + right, C). */
public final class ZeroPadding2d extends Node {
  private final Shape from;
  private final int top;
  private final int left;

  private ZeroPadding2d(Tensor x, int top, int left) {
    super(inputs(x));
    this.from = x.shape();
    this.top = top;
    this.left = left;
  }

  /** Adds rows and columns of zeros. */
  public static Tensor zeroPadding2d(Tensor x, int top, int bottom, int left, int right) {
    Check.rank("zero_padding", "x", x, 4, "(N, H, W, C)");
    Check.that(
        Math.min(Math.min(top, bottom), Math.min(left, right)) >= 0,
        "zero_padding",
        "padding must not be negative, received top %d, bottom %d, left %d, right %d",
        top,
        bottom,
        left,
        right);
    Shape to =
        Shape.of(
            x.dim(0),
            Check.axis("zero_padding", (long) x.dim(1) + top + bottom),
            Check.axis("zero_padding", (long) x.dim(2) + left + right),
            x.dim(3));
    Tensor y = Tensor.allocate(Backend.compute().pool(), to);
    Blocks.zero(y);
    for (int n = 0; n < x.dim(0); n++) {
      Blocks.copy(x.dim(1), rowOf(x.shape()), image(x, n), inside(y, n, top, left));
    }
    return Autograd.record(y, new ZeroPadding2d(x, top, left));
  }

  // dx = dy without its border
  @Override
  protected Tensor[] backward(Tensor dy) {
    Tensor dx = Tensor.allocate(Backend.compute().pool(), from);
    for (int n = 0; n < from.dim(0); n++) {
      Blocks.copy(from.dim(1), rowOf(from), inside(dy, n, top, left), image(dx, n));
    }
    return new Tensor[] {dx};
  }

  private static int rowOf(Shape shape) {
    return shape.dim(2) * shape.dim(3);
  }

  /** The rows of one image. */
  private static Blocks.Place image(Tensor tensor, int n) {
    return inside(tensor, n, 0, 0);
  }

  /** The rows of one image, beginning at a pixel. */
  private static Blocks.Place inside(Tensor tensor, int n, int row, int column) {
    int step = rowOf(tensor.shape());
    int start = (n * tensor.dim(1) + row) * step + column * tensor.dim(3);
    return new Blocks.Place(tensor.data(), start, step);
  }
}
