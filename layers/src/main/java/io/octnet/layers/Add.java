package io.octnet.layers;

import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;
import java.util.List;

/** The sum of two or more tensors of one shape. */
public final class Add extends Layer implements Deterministic {
  /** With nothing to configure. */
  public Add() {}

  @Override
  protected Shape build(List<Shape> inputs) {
    if (inputs.size() < 2) {
      throw error("takes at least two inputs, received %d", inputs.size());
    }
    for (Shape shape : inputs) {
      if (!shape.equals(inputs.getFirst())) {
        throw error("all inputs must have one shape, received %s", inputs);
      }
    }
    return inputs.getFirst();
  }

  @Override
  public Tensor forward(List<Tensor> inputs, Pass pass) {
    Tensor sum = inputs.getFirst().retain();
    for (Tensor x : inputs.subList(1, inputs.size())) {
      Tensor next = io.octnet.ops.Add.add(sum, x);
      sum.release();
      sum = next;
    }
    return sum;
  }
}
