package io.octnet.layers;

import io.octnet.initializers.Initializers;
import io.octnet.ops.ScaleShift;
import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code (x - mean) / sqrt(variance)} with the statistics of some data, for each channel or for
 * all. Weights, unless the configuration gives the statistics: mean, variance, count.
 */
public final class Normalization extends Layer implements Deterministic {
  private static final double LEAST = 1e-7;

  private final boolean perChannel;
  private final boolean invert;
  private final double[] givenMean; // null: weights
  private final double[] givenVariance;
  private Parameter mean;
  private Parameter variance;
  private int channels;

  /** With statistics that are weights. */
  public Normalization(boolean perChannel, boolean invert) {
    this(perChannel, invert, null, null);
  }

  /**
   * With statistics that are known.
   *
   * @param mean one number, or one a channel; null if they are weights
   */
  public Normalization(boolean perChannel, boolean invert, double[] mean, double[] variance) {
    this.perChannel = perChannel;
    this.invert = invert;
    this.givenMean = mean == null ? null : mean.clone();
    this.givenVariance = variance == null ? null : variance.clone();
    if ((mean == null) != (variance == null)) {
      throw error("mean and variance must be given both, or neither");
    }
  }

  @Override
  protected Shape build(List<Shape> inputs) {
    Shape x = single(inputs);
    channels = x.dim(-1);
    if (givenMean == null) {
      Shape shape = perChannel ? Shape.of(channels) : Shape.scalar();
      mean = addWeight("mean", shape, Initializers.ZEROS, false);
      variance = addWeight("variance", shape, Initializers.ONES, false);
      addWeight("count", Shape.scalar(), Initializers.ZEROS, false);
    } else if (!fits(givenMean) || !fits(givenVariance)) {
      throw error(
          "has %d means and %d variances for %d channels, expected one or one each",
          givenMean.length, givenVariance.length, channels);
    }
    return x;
  }

  private boolean fits(double[] values) {
    return values.length == 1 || values.length == channels;
  }

  @Override
  public Tensor forward(List<Tensor> inputs, Pass pass) {
    return ScaleShift.scaleShift(inputs.getFirst(), scales(), offsets());
  }

  /** What each channel is multiplied by. */
  public float[] scales() {
    float[] scales = new float[channels];
    for (int c = 0; c < channels; c++) {
      double deviation = deviation(c);
      scales[c] = (float) (invert ? deviation : 1 / deviation);
    }
    return scales;
  }

  /** What is added to each channel then. */
  public float[] offsets() {
    float[] offsets = new float[channels];
    for (int c = 0; c < channels; c++) {
      double m = at(givenMean, mean, c);
      offsets[c] = (float) (invert ? m : -m / deviation(c));
    }
    return offsets;
  }

  private double deviation(int c) {
    return Math.max(Math.sqrt(at(givenVariance, variance, c)), LEAST);
  }

  private static double at(double[] given, Parameter weight, int c) {
    if (given != null) {
      return given[given.length == 1 ? 0 : c];
    }
    float[] values = weight.tensor().data();
    return values[weight.shape().size() == 1 ? 0 : c];
  }

  @Override
  public Map<String, Object> config() {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("axis", perChannel ? List.of(-1) : null);
    config.put("invert", invert);
    config.put("mean", givenMean == null ? null : Arrays.stream(givenMean).boxed().toList());
    config.put(
        "variance", givenVariance == null ? null : Arrays.stream(givenVariance).boxed().toList());
    return config;
  }
}
