package io.octnet.layers;

import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;
import java.util.List;

/** The sum of two or more tensors; axes of length 1 are repeated. */
public final class Add extends Layer implements Deterministic {
  /** With nothing to configure. */
  public Add() {}

  private boolean ofOneShape;

  /** Whether nothing is repeated. */
  public boolean isOfOneShape() {
    return ofOneShape;
  }

  @Override
  protected Shape build(List<Shape> inputs) {
    ofOneShape = inputs.stream().distinct().count() == 1;
    return Merging.shape(this, inputs);
  }

  @Override
  public Tensor forward(List<Tensor> inputs, Pass pass) {
    return Merging.fold(inputs, io.octnet.ops.Add::add);
  }
}
