package io.octnet.layers;

import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;
import java.util.List;
import java.util.Map;

/**
 * A layer of Keras's that leaves predictions alone: random augmentation, a penalty on activities.
 * Here it does nothing in training, either; its configuration is kept.
 */
public final class PassThrough extends Layer implements Deterministic {
  private final String kerasClass;
  private final Map<String, Object> config;

  /** Standing for a layer of this class. */
  public PassThrough(String kerasClass, Map<String, Object> config) {
    this.kerasClass = kerasClass;
    this.config = config;
  }

  @Override
  public String className() {
    return kerasClass;
  }

  @Override
  public Map<String, Object> config() {
    return config;
  }

  @Override
  protected Shape build(List<Shape> inputs) {
    return single(inputs);
  }

  @Override
  public Tensor forward(List<Tensor> inputs, Pass pass) {
    return inputs.getFirst().retain();
  }
}
