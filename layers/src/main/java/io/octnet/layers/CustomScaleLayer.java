package io.octnet.layers;

import io.octnet.ops.Add;
import io.octnet.ops.Scale;
import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;
import java.util.List;
import java.util.Map;

/** {@code first + scale * second}: InceptionResNetV2's residual, by Keras's name. */
public final class CustomScaleLayer extends Layer implements Deterministic {
  private final double scale;

  /** With this factor. */
  public CustomScaleLayer(double scale) {
    this.scale = scale;
  }

  @Override
  protected Shape build(List<Shape> inputs) {
    if (inputs.size() != 2) {
      throw error("takes two inputs, received %d", inputs.size());
    }
    return Merging.shape(this, inputs);
  }

  @Override
  public Tensor forward(List<Tensor> inputs, Pass pass) {
    Tensor scaled = Scale.scale(inputs.get(1), (float) scale);
    Tensor y = Add.add(inputs.get(0), scaled);
    scaled.release();
    return y;
  }

  /** The factor. */
  public double scale() {
    return scale;
  }

  @Override
  public Map<String, Object> config() {
    return Map.of("scale", scale);
  }
}
