package io.octnet.layers;

import io.octnet.ops.LeakyRelu;
import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;
import java.util.List;
import java.util.Map;

/** {@code x} where positive, else {@code slope * x}. */
public final class LeakyReLU extends Layer implements Deterministic {
  private final double negativeSlope;

  /** With this slope for negative inputs; Keras's default is 0.3. */
  public LeakyReLU(double negativeSlope) {
    this.negativeSlope = negativeSlope;
  }

  @Override
  protected Shape build(List<Shape> inputs) {
    return single(inputs);
  }

  @Override
  public Tensor forward(List<Tensor> inputs, Pass pass) {
    return LeakyRelu.leakyRelu(inputs.getFirst(), (float) negativeSlope);
  }

  /** The slope for negative inputs. */
  public double negativeSlope() {
    return negativeSlope;
  }

  @Override
  public Map<String, Object> config() {
    return Map.of("negative_slope", negativeSlope);
  }
}
