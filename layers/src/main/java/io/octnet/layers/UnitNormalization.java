package io.octnet.layers;

import io.octnet.ops.UnitNorm;
import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;
import java.util.List;
import java.util.Map;

/** Divides the channels of each place by their length, so that it becomes 1. */
public final class UnitNormalization extends Layer implements Deterministic {
  /** With nothing to configure. */
  public UnitNormalization() {}

  @Override
  protected Shape build(List<Shape> inputs) {
    return single(inputs);
  }

  @Override
  public Tensor forward(List<Tensor> inputs, Pass pass) {
    return UnitNorm.unitNorm(inputs.getFirst());
  }

  @Override
  public Map<String, Object> config() {
    return Map.of("axis", -1);
  }
}
