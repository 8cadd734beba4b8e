package io.octnet.layers;

import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** An example's elements in another shape, without a copy. */
public final class Reshape extends Layer implements Deterministic {
  private final int[] target; // -1 once at most: what is left
  private Shape shape;

  /** To this shape, without the batch axis; -1 for the one axis that takes what is left. */
  public Reshape(int... target) {
    this.target = target.clone();
  }

  @Override
  protected Shape build(List<Shape> inputs) {
    Shape x = single(inputs);
    shape = resolved(x);
    return shape;
  }

  private Shape resolved(Shape x) {
    int[] dims = target.clone();
    int open = -1;
    long known = 1;
    for (int i = 0; i < dims.length; i++) {
      if (dims[i] == -1 && open < 0) {
        open = i;
      } else if (dims[i] < 1 || known > x.size()) {
        throw error("cannot give %s the shape %s", x, Arrays.toString(target));
      } else {
        known *= dims[i];
      }
    }
    if (open >= 0) {
      dims[open] = Math.toIntExact(x.size() / known);
      known *= dims[open];
    }
    if (known != x.size()) {
      throw error("shape %s does not have as many elements as %s", x, Arrays.toString(target));
    }
    return Shape.of(dims);
  }

  @Override
  public Tensor forward(List<Tensor> inputs, Pass pass) {
    Tensor x = inputs.getFirst();
    int[] dims = IntStream.concat(IntStream.of(x.dim(0)), IntStream.of(shape.toArray())).toArray();
    return io.octnet.ops.Reshape.reshape(x, Shape.of(dims));
  }

  @Override
  public Map<String, Object> config() {
    return Map.of("target_shape", IntStream.of(shape.toArray()).boxed().toList());
  }
}
