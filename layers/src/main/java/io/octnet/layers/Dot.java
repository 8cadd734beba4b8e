package io.octnet.layers;

import io.octnet.ops.MatMul;
import io.octnet.ops.Permute;
import io.octnet.ops.Reshape;
import io.octnet.ops.UnitNorm;
import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Products of two tensors summed along one axis of each, example by example; both made of length 1
 * along it first, if asked. What is left of the first one's axes, then of the second one's.
 */
public final class Dot extends Layer implements Deterministic {
  private final int[] axes; // of an example; negative ones count from the end
  private final boolean normalize;
  private int first;
  private int second;

  /** Along these axes of an example, the first being 0. */
  public Dot(int first, int second, boolean normalize) {
    this.axes = new int[] {first, second};
    this.normalize = normalize;
  }

  @Override
  protected Shape build(List<Shape> inputs) {
    if (inputs.size() != 2) {
      throw error("takes two inputs, received %d", inputs.size());
    }
    Shape a = inputs.get(0);
    Shape b = inputs.get(1);
    first = a.axis(axes[0]);
    second = b.axis(axes[1]);
    if (a.dim(first) != b.dim(second)) {
      throw error("axis %d of %s and axis %d of %s differ", first, a, second, b);
    }
    int[] left = IntStream.concat(rest(a, first), rest(b, second)).toArray();
    return left.length == 0 ? Shape.of(1) : Shape.of(left);
  }

  private static IntStream rest(Shape shape, int without) {
    return IntStream.range(0, shape.rank()).filter(i -> i != without).map(shape::dim);
  }

  @Override
  public Tensor forward(List<Tensor> inputs, Pass pass) {
    Tensor a = rows(inputs.get(0), first);
    Tensor b = rows(inputs.get(1), second);
    Tensor columns = Permute.permute(b, 0, 2, 1);
    Tensor product = MatMul.matMul(a, columns);
    IntStream left =
        IntStream.concat(rest(of(inputs.get(0)), first), rest(of(inputs.get(1)), second));
    int[] dims = IntStream.concat(IntStream.of(a.dim(0)), left).toArray();
    Tensor y = Reshape.reshape(product, dims.length == 1 ? Shape.of(dims[0], 1) : Shape.of(dims));
    List.of(a, b, columns, product).forEach(Tensor::release);
    return y;
  }

  private static Shape of(Tensor x) {
    return Shape.of(IntStream.range(1, x.shape().rank()).map(x::dim).toArray());
  }

  /** (N, the other axes, the axis). */
  private Tensor rows(Tensor x, int axis) {
    int rank = x.shape().rank();
    int[] order =
        IntStream.concat(
                IntStream.range(0, rank).filter(i -> i != axis + 1), IntStream.of(axis + 1))
            .toArray();
    Tensor moved = Permute.permute(x, order);
    int length = x.dim(axis + 1);
    Tensor rows = Reshape.reshape(moved, Shape.of(x.dim(0), x.size() / x.dim(0) / length, length));
    moved.release();
    if (!normalize) {
      return rows;
    }
    Tensor units = UnitNorm.unitNorm(rows);
    rows.release();
    return units;
  }

  @Override
  public Map<String, Object> config() {
    return Map.of("axes", List.of(first + 1, second + 1), "normalize", normalize);
  }
}
