package io.octnet.layers;

import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;
import java.util.List;

/** The first of two tensors less the second; axes of length 1 are repeated. */
public final class Subtract extends Layer implements Deterministic {
  /** With nothing to configure. */
  public Subtract() {}

  @Override
  protected Shape build(List<Shape> inputs) {
    if (inputs.size() != 2) {
      throw error("takes two inputs, received %d", inputs.size());
    }
    return Merging.shape(this, inputs);
  }

  @Override
  public Tensor forward(List<Tensor> inputs, Pass pass) {
    return Merging.fold(inputs, io.octnet.ops.Subtract::subtract);
  }
}
