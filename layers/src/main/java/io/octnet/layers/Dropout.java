package io.octnet.layers;

import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * In training sets a share of its inputs to 0 and scales the others up by {@code 1 / (1 - rate)};
 * otherwise passes them on.
 */
public final class Dropout extends Layer {
  private float rate;
  private int[] noiseShape; // of an example, 0 for the input's own length; null for its shape

  /**
   * With this rate.
   *
   * @param rate the share that becomes 0, in [0, 1)
   */
  public Dropout(double rate) {
    rate(rate);
  }

  /**
   * Which axes of an example are dropped as one, so that all along them stays or goes: Keras's
   * {@code noise_shape} without the batch axis.
   *
   * @param shape 1 for those axes, 0 for others
   */
  public Dropout noiseShape(int... shape) {
    requireUnbuilt();
    noiseShape = shape.clone();
    return this;
  }

  /** Whether each element is dropped by itself. */
  public boolean isElementwise() {
    return noiseShape == null;
  }

  /** Sets the share that becomes 0, at any time. */
  public void rate(double newRate) {
    if (!(newRate >= 0 && newRate < 1)) {
      throw error("the rate must lie in [0, 1), received %s", newRate);
    }
    rate = (float) newRate;
  }

  /** The share that becomes 0. */
  public float rate() {
    return rate;
  }

  @Override
  protected Shape build(List<Shape> inputs) {
    Shape x = single(inputs);
    if (noiseShape != null && noiseShape.length != x.rank()) {
      throw error("the noise shape has %d axes, the input %s", noiseShape.length, x);
    }
    return x;
  }

  @Override
  public Tensor forward(List<Tensor> inputs, Pass pass) {
    Tensor x = inputs.getFirst();
    if (!pass.training() || rate == 0) {
      return x.retain();
    }
    return noiseShape == null
        ? io.octnet.ops.Dropout.dropout(x, rate, pass.seedOf(this))
        : Masks.dropped(x, noiseShape, rate, pass.seedOf(this));
  }

  @Override
  public Map<String, Object> config() {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("rate", (double) rate);
    if (noiseShape != null) {
      List<Integer> shape = new ArrayList<>();
      shape.add(null);
      IntStream.of(noiseShape).forEach(length -> shape.add(length == 0 ? null : length));
      config.put("noise_shape", shape);
    }
    return config;
  }
}
