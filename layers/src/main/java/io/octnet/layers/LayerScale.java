package io.octnet.layers;

import io.octnet.initializers.Initializers;
import io.octnet.ops.Multiply;
import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code gamma * x} per channel: ConvNeXt's. Weights: variable (C), which Keras left unnamed.
 * Touvron et al., 2021.
 */
public final class LayerScale extends Layer implements Deterministic {
  private final double initValues;
  private final int channels;
  private Parameter gamma;

  /** For so many channels, all factors being the same at first. */
  public LayerScale(double initValues, int channels) {
    this.initValues = initValues;
    this.channels = channels;
  }

  @Override
  protected Shape build(List<Shape> inputs) {
    Shape x = single(inputs);
    if (x.rank() < 1 || x.dim(-1) != channels) {
      throw error("is for %d channels, received %s", channels, x);
    }
    gamma =
        addWeight("variable", Shape.of(channels), Initializers.constant((float) initValues), true);
    return x;
  }

  @Override
  public Tensor forward(List<Tensor> inputs, Pass pass) {
    return Multiply.multiply(inputs.getFirst(), gamma.tensor());
  }

  /** The factors. */
  public Parameter gamma() {
    return gamma;
  }

  @Override
  public Map<String, Object> config() {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("init_values", initValues);
    config.put("projection_dim", channels);
    return config;
  }
}
