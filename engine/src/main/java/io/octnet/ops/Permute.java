package io.octnet.ops;

import io.octnet.autograd.Autograd;
import io.octnet.autograd.Node;
import io.octnet.compute.Backend;
import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;
import java.util.Arrays;

/** Axes in another order: NumPy's {@code transpose(x, order)}; axis i of y is order[i] of x. */
public final class Permute extends Node {
  private final int[] order;

  private Permute(Tensor x, int[] order) {
    super(inputs(x));
    this.order = order;
  }

  /**
   * The tensor with its axes in another order.
   *
   * @param order each axis of x once
   */
  public static Tensor permute(Tensor x, int... order) {
    int rank = x.shape().rank();
    boolean[] seen = new boolean[rank];
    boolean fits = order.length == rank;
    for (int i = 0; fits && i < rank; i++) {
      fits = order[i] >= 0 && order[i] < rank && !seen[order[i]];
      if (fits) {
        seen[order[i]] = true;
      }
    }
    Check.that(
        fits,
        "permute",
        "the order must name each axis of shape %s once, received %s",
        x.shape(),
        Arrays.toString(order));
    return Autograd.record(copy(x, order), new Permute(x, order.clone()));
  }

  private static Tensor copy(Tensor x, int[] order) {
    int rank = order.length;
    int[] dims = new int[rank];
    int[] strides = new int[rank]; // of x, along the axes of y
    for (int i = 0; i < rank; i++) {
      dims[i] = x.dim(order[i]);
      strides[i] = x.shape().sizeOf(order[i] + 1, rank);
    }
    Tensor y = Tensor.allocate(Backend.compute().pool(), Shape.of(dims));
    int row = rank == 0 ? 1 : dims[rank - 1];
    int step = rank == 0 ? 0 : strides[rank - 1];
    Ranges.run(
        y.size() / row,
        row,
        (from, to) -> {
          for (int r = from; r < to; r++) {
            int at = 0;
            int rest = r;
            for (int axis = rank - 2; axis >= 0; axis--) {
              at += rest % dims[axis] * strides[axis];
              rest /= dims[axis];
            }
            for (int i = 0; i < row; i++) {
              y.data()[r * row + i] = x.data()[at + i * step];
            }
          }
        });
    return y;
  }

  // dx = dy with its axes put back
  @Override
  protected Tensor[] backward(Tensor dy) {
    int[] inverse = new int[order.length];
    for (int i = 0; i < order.length; i++) {
      inverse[order[i]] = i;
    }
    return new Tensor[] {copy(dy, inverse)};
  }
}
