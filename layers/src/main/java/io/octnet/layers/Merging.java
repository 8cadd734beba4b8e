package io.octnet.layers;

import io.octnet.ops.Add;
import io.octnet.ops.Scale;
import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;
import java.util.List;
import java.util.function.BinaryOperator;

/** What the layers have in common that make one tensor of several, element by element. */
final class Merging {
  private Merging() {}

  /** The shape that all inputs are repeated to. */
  static Shape shape(Layer layer, List<Shape> inputs) {
    if (inputs.size() < 2) {
      throw layer.error("takes at least two inputs, received %d", inputs.size());
    }
    int[] dims = inputs.getFirst().toArray();
    for (Shape shape : inputs) {
      boolean fits = shape.rank() == dims.length;
      for (int i = 0; fits && i < dims.length; i++) {
        fits = dims[i] == shape.dim(i) || dims[i] == 1 || shape.dim(i) == 1;
        dims[i] = Math.max(dims[i], shape.dim(i));
      }
      if (!fits) {
        throw layer.error(
            "all inputs must have one shape, but for axes of length 1; received %s", inputs);
      }
    }
    return Shape.of(dims);
  }

  /** The first with the second, that with the third, and so on. */
  static Tensor fold(List<Tensor> inputs, BinaryOperator<Tensor> op) {
    Tensor result = inputs.getFirst().retain();
    for (Tensor x : inputs.subList(1, inputs.size())) {
      Tensor next = op.apply(result, x);
      result.release();
      result = next;
    }
    return result;
  }

  static Tensor mean(List<Tensor> inputs) {
    Tensor sum = fold(inputs, Add::add);
    Tensor mean = Scale.scale(sum, 1f / inputs.size());
    sum.release();
    return mean;
  }
}
