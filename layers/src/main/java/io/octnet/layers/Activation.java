package io.octnet.layers;

import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;
import java.util.List;
import java.util.Map;

/** An activation as a layer of its own. */
public final class Activation extends Layer implements Deterministic, SoftmaxEnd {
  private final ActivationFunction activation;

  /** Of this function. */
  public Activation(ActivationFunction activation) {
    this.activation = activation;
  }

  @Override
  protected Shape build(List<Shape> inputs) {
    return single(inputs);
  }

  @Override
  public Tensor forward(List<Tensor> inputs, Pass pass) {
    return activation.of(inputs.getFirst());
  }

  @Override
  public ActivationFunction activation() {
    return activation;
  }

  @Override
  public Tensor logits(Tensor x, Pass pass) {
    return x.retain();
  }

  @Override
  public Map<String, Object> config() {
    return Map.of("activation", activation.id());
  }
}
