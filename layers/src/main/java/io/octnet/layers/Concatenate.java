package io.octnet.layers;

import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/** Joins tensors along their last axis, the channels; all other axes must agree. */
public final class Concatenate extends Layer implements Deterministic {
  /** With nothing to configure. */
  public Concatenate() {}

  @Override
  protected Shape build(List<Shape> inputs) {
    if (inputs.isEmpty()) {
      throw error("takes at least one input, received none");
    }
    int[] dims = inputs.getFirst().toArray();
    int last = dims.length - 1;
    for (Shape shape : inputs.subList(1, inputs.size())) {
      int[] own = shape.toArray();
      if (own.length != dims.length || Arrays.mismatch(own, 0, last, dims, 0, last) >= 0) {
        throw error("inputs must agree but for their last axis, received %s", inputs);
      }
      dims[last] = Math.addExact(dims[last], own[last]);
    }
    return Shape.of(dims);
  }

  @Override
  public Tensor forward(List<Tensor> inputs, Pass pass) {
    return io.octnet.ops.Concatenate.concatenate(-1, inputs.toArray(Tensor[]::new));
  }
}
