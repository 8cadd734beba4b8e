package io.octnet.layers;

import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;
import java.util.List;
import java.util.stream.IntStream;

/** An example's elements in another shape, without a copy. */
public final class Reshape extends Layer implements Deterministic {
  private final Shape target;

  /** To this shape, without the batch axis. */
  public Reshape(int... target) {
    this.target = Shape.of(target);
  }

  @Override
  protected Shape build(List<Shape> inputs) {
    Shape x = single(inputs);
    if (x.size() != target.size()) {
      throw error("shape %s does not have as many elements as %s", x, target);
    }
    return target;
  }

  @Override
  public Tensor forward(List<Tensor> inputs, Pass pass) {
    Tensor x = inputs.getFirst();
    int[] dims = IntStream.concat(IntStream.of(x.dim(0)), IntStream.of(target.toArray())).toArray();
    return io.octnet.ops.Reshape.reshape(x, Shape.of(dims));
  }
}
