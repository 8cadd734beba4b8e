package io.octnet.ops;

import io.octnet.compute.Backend;
import io.octnet.tensor.Shape;

/**
 * NumPy's broadcasting: shapes are aligned at their last axes, and an axis of length 1 (or an
 * absent one) is repeated. Expanding and summing are each other's backward rule.
 */
final class Broadcast {
  private Broadcast() {}

  /** The shape that both are repeated to. */
  static Shape shape(String op, Shape a, Shape b) {
    int rank = Math.max(a.rank(), b.rank());
    int[] dims = new int[rank];
    for (int i = 1; i <= rank; i++) {
      int left = i <= a.rank() ? a.dim(-i) : 1;
      int right = i <= b.rank() ? b.dim(-i) : 1;
      Check.that(
          left == right || left == 1 || right == 1,
          op,
          "shapes %s and %s cannot be broadcast together: axis %d has length %d and %d",
          a,
          b,
          -i,
          left,
          right);
      dims[rank - i] = Math.max(left, right);
    }
    return Shape.of(dims);
  }

  /** {@code y[i] = x[i with repeated axes at 0]}. */
  static void expand(Shape small, float[] x, Shape large, float[] y) {
    walk(
        small,
        large,
        (from, step, at, length) -> {
          for (int i = 0; i < length; i++) {
            y[at + i] = x[from + i * step];
          }
        });
  }

  /** {@code y[i] = sum of x over the repeated axes}, in double. */
  static void sum(Shape large, float[] x, Shape small, float[] y) {
    double[] sums = new double[small.size()];
    walk(
        small,
        large,
        (to, step, at, length) -> {
          for (int i = 0; i < length; i++) {
            sums[to + i * step] += x[at + i];
          }
        });
    Backend.compute()
        .parallelFor(
            1,
            task -> {
              for (int i = 0; i < sums.length; i++) {
                y[i] = (float) sums[i];
              }
            });
  }

  /** What to do with one run along the last axis of the large shape. */
  private interface Run {
    /** The run is {@code at..at+length} there, and starts at {@code start} in the small array. */
    void visit(int start, int step, int at, int length);
  }

  private static void walk(Shape small, Shape large, Run run) {
    Backend.compute().parallelFor(1, task -> walkHere(small, large, run));
  }

  private static void walkHere(Shape small, Shape large, Run run) {
    int rank = large.rank();
    int[] strides = strides(small, rank);
    int length = rank == 0 ? 1 : large.dim(-1);
    int step = rank == 0 ? 0 : strides[rank - 1];
    int[] index = new int[rank];
    int start = 0;
    for (int at = 0; at < large.size(); at += length) {
      run.visit(start, step, at, length);
      for (int axis = rank - 2; axis >= 0; axis--) { // the next row, as an odometer counts
        start += strides[axis];
        if (++index[axis] < large.dim(axis)) {
          break;
        }
        start -= strides[axis] * index[axis];
        index[axis] = 0;
      }
    }
  }

  /** Steps of the small array along each axis of the large one; 0 along repeated axes. */
  private static int[] strides(Shape small, int rank) {
    int[] strides = new int[rank];
    int stride = 1;
    for (int i = 1; i <= small.rank(); i++) {
      strides[rank - i] = small.dim(-i) == 1 ? 0 : stride;
      stride *= small.dim(-i);
    }
    return strides;
  }
}
