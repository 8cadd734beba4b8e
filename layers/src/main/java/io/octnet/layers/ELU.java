package io.octnet.layers;

import io.octnet.ops.Activate;
import io.octnet.ops.Curve;
import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;
import java.util.List;
import java.util.Map;

/** {@code x} where positive, else {@code alpha * (exp(x) - 1)}. */
public final class ELU extends Layer implements Deterministic {
  private final double alpha;

  /** With this factor; Keras's default is 1. */
  public ELU(double alpha) {
    this.alpha = alpha;
  }

  @Override
  protected Shape build(List<Shape> inputs) {
    return single(inputs);
  }

  @Override
  public Tensor forward(List<Tensor> inputs, Pass pass) {
    return Activate.activate(inputs.getFirst(), Curve.ELU, alpha);
  }

  /** The factor. */
  public double alpha() {
    return alpha;
  }

  @Override
  public Map<String, Object> config() {
    return Map.of("alpha", alpha);
  }
}
