package io.octnet.layers;

import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;
import java.util.List;

/** All axes of an example as one, row-major, without a copy. */
public final class Flatten extends Layer implements Deterministic {
  /** With nothing to configure. */
  public Flatten() {}

  @Override
  protected Shape build(List<Shape> inputs) {
    return Shape.of(single(inputs).size());
  }

  @Override
  public Tensor forward(List<Tensor> inputs, Pass pass) {
    return io.octnet.ops.Reshape.flatten(inputs.getFirst());
  }
}
