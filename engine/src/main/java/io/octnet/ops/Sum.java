package io.octnet.ops;

import io.octnet.autograd.Autograd;
import io.octnet.autograd.Node;
import io.octnet.compute.Backend;
import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;

/** {@code y = sum of x} over some axes, or all; sums in double. */
public final class Sum extends Node {
  private final Shape from;
  private final Shape kept; // of y, with the summed axes of length 1

  private Sum(Tensor x, Shape kept) {
    super(inputs(x));
    this.from = x.shape();
    this.kept = kept;
  }

  /** The sum of all elements, a scalar. */
  public static Tensor sum(Tensor x) {
    return sum(x, false, IntStream.range(0, x.shape().rank()).toArray());
  }

  /**
   * The sums over some axes.
   *
   * @param keepAxes whether the summed axes stay, with length 1
   * @param axes which to sum over; negative ones count from the end
   */
  public static Tensor sum(Tensor x, boolean keepAxes, int... axes) {
    int[] kept = x.shape().toArray();
    for (int axis : axes) {
      kept[x.shape().axis(axis)] = 1;
    }
    Shape keptShape = Shape.of(kept);
    Tensor y =
        Tensor.allocate(Backend.compute().pool(), keepAxes ? keptShape : without(x.shape(), axes));
    Broadcast.sum(x.shape(), x.data(), keptShape, y.data());
    return Autograd.record(y, new Sum(x, keptShape));
  }

  private static Shape without(Shape shape, int[] axes) {
    Set<Integer> summed = new HashSet<>();
    for (int axis : axes) {
      summed.add(shape.axis(axis));
    }
    return Shape.of(
        IntStream.range(0, shape.rank())
            .filter(axis -> !summed.contains(axis))
            .map(shape::dim)
            .toArray());
  }

  // dx = dy, repeated over the summed axes
  @Override
  protected Tensor[] backward(Tensor dy) {
    Tensor dx = Tensor.allocate(Backend.compute().pool(), from);
    Broadcast.expand(kept, dy.data(), from, dx.data());
    return new Tensor[] {dx};
  }
}
