package io.octnet.layers;

import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;
import java.util.List;

/** The mean of two or more tensors, element by element; axes of length 1 are repeated. */
public final class Average extends Layer implements Deterministic {
  /** With nothing to configure. */
  public Average() {}

  @Override
  protected Shape build(List<Shape> inputs) {
    return Merging.shape(this, inputs);
  }

  @Override
  public Tensor forward(List<Tensor> inputs, Pass pass) {
    return Merging.mean(inputs);
  }
}
