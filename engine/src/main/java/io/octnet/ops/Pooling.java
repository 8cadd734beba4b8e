package io.octnet.ops;

import io.octnet.compute.PoolGeometry;
import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;

/** What the pooling ops have in common: from shapes to geometry, and back. */
final class Pooling {
  private Pooling() {}

  static PoolGeometry geometry(String op, Shape x, int poolSize, int stride, Padding padding) {
    Check.rank(op, "x", x, 4, "(N, H, W, C)");
    Check.that(
        poolSize > 0 && stride > 0,
        op,
        "pool size and stride must be at least 1, received %d and %d",
        poolSize,
        stride);
    int[] vertical = padding.along(x.dim(1), poolSize, stride, 1);
    int[] horizontal = padding.along(x.dim(2), poolSize, stride, 1);
    return new PoolGeometry(
        x.dim(0),
        x.dim(1),
        x.dim(2),
        x.dim(3),
        poolSize,
        poolSize,
        stride,
        stride,
        vertical[0],
        vertical[1],
        horizontal[0],
        horizontal[1]);
  }

  static void checkInput(String op, Tensor x, PoolGeometry g) {
    Check.shape(op, "x", x, input(g));
  }

  static Shape input(PoolGeometry g) {
    return Shape.of(g.batch(), g.height(), g.width(), g.channels());
  }

  static Shape output(PoolGeometry g) {
    return Shape.of(g.batch(), g.outHeight(), g.outWidth(), g.channels());
  }
}
