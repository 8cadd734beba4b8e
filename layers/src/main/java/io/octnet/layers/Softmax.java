package io.octnet.layers;

import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;
import java.util.List;
import java.util.Map;

/** {@code exp(x) / sum(exp(x))} over the last axis. */
public final class Softmax extends Layer implements Deterministic, SoftmaxEnd {
  /** With nothing to configure. */
  public Softmax() {}

  @Override
  protected Shape build(List<Shape> inputs) {
    return single(inputs);
  }

  @Override
  public Tensor forward(List<Tensor> inputs, Pass pass) {
    return io.octnet.ops.Softmax.softmax(inputs.getFirst());
  }

  @Override
  public ActivationFunction activation() {
    return ActivationFunction.SOFTMAX;
  }

  @Override
  public Tensor logits(Tensor x, Pass pass) {
    return x.retain();
  }

  @Override
  public Map<String, Object> config() {
    return Map.of("axis", -1);
  }
}
