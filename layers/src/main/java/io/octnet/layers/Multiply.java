package io.octnet.layers;

import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;
import java.util.List;

/** The product of two or more tensors; axes of length 1 are repeated. */
public final class Multiply extends Layer implements Deterministic {
  /** With nothing to configure. */
  public Multiply() {}

  @Override
  protected Shape build(List<Shape> inputs) {
    return Merging.shape(this, inputs);
  }

  @Override
  public Tensor forward(List<Tensor> inputs, Pass pass) {
    return Merging.fold(inputs, io.octnet.ops.Multiply::multiply);
  }
}
