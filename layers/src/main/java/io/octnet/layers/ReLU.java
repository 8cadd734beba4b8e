package io.octnet.layers;

import io.octnet.ops.ClippedRelu;
import io.octnet.ops.LeakyRelu;
import io.octnet.ops.Relu;
import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code max(x, 0)}; or, as Keras's, {@code most} where {@code x >= most}, x where {@code threshold
 * <= x < most}, else {@code slope * (x - threshold)}.
 */
public final class ReLU extends Layer implements Deterministic {
  private final float negativeSlope;
  private final Double maxValue; // null for none
  private final float threshold;

  /** Zero for negative inputs. */
  public ReLU() {
    this(0);
  }

  /** With a slope for negative inputs. */
  public ReLU(double negativeSlope) {
    this(negativeSlope, null, 0);
  }

  /**
   * With a slope, a bound, and a threshold.
   *
   * @param maxValue null for none
   */
  public ReLU(double negativeSlope, Double maxValue, double threshold) {
    if (maxValue != null && !(maxValue > threshold)) {
      throw error("the maximum must lie above the threshold, received %s, %s", maxValue, threshold);
    }
    this.negativeSlope = (float) negativeSlope;
    this.maxValue = maxValue;
    this.threshold = (float) threshold;
  }

  /** Whether it is {@code max(x, 0)} and nothing else. */
  public boolean isPlain() {
    return negativeSlope == 0 && !isClipped();
  }

  private boolean isClipped() {
    return maxValue != null || threshold != 0;
  }

  /** Where it bends. */
  public ClippedRelu.Limits limits() {
    float most = maxValue == null ? Float.POSITIVE_INFINITY : maxValue.floatValue();
    return new ClippedRelu.Limits(negativeSlope, most, threshold);
  }

  /** The slope for negative inputs. */
  public float negativeSlope() {
    return negativeSlope;
  }

  @Override
  protected Shape build(List<Shape> inputs) {
    return single(inputs);
  }

  @Override
  public Tensor forward(List<Tensor> inputs, Pass pass) {
    Tensor x = inputs.getFirst();
    if (isClipped()) {
      return ClippedRelu.clippedRelu(x, limits());
    }
    return negativeSlope == 0 ? Relu.relu(x) : LeakyRelu.leakyRelu(x, negativeSlope);
  }

  @Override
  public Map<String, Object> config() {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("max_value", maxValue);
    config.put("negative_slope", (double) negativeSlope);
    config.put("threshold", (double) threshold);
    return config;
  }
}
