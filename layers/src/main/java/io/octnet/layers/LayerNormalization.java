package io.octnet.layers;

import io.octnet.initializers.Initializers;
import io.octnet.ops.LayerNorm;
import io.octnet.ops.Reshape;
import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Normalises each example over its last axes: {@code gamma * (x - mean) / sqrt(variance + epsilon)
 * + beta}. Weights: gamma, beta, of the shape of those axes.
 */
public final class LayerNormalization extends Layer implements Deterministic {
  private final int axes; // how many, the last ones
  private double epsilon = 1e-3;
  private boolean scale = true;
  private boolean center = true;
  private Parameter gamma;
  private Parameter beta;
  private int size; // of those axes
  private int rank;

  /** Over the channels. */
  public LayerNormalization() {
    this(1);
  }

  /** Over so many of the last axes. */
  public LayerNormalization(int axes) {
    this.axes = axes;
  }

  /** What is added to the variance; 1e-3 by default. */
  public LayerNormalization epsilon(double newEpsilon) {
    requireUnbuilt();
    epsilon = newEpsilon;
    return this;
  }

  /** Whether it has gamma; true by default. */
  public LayerNormalization scale(boolean wanted) {
    requireUnbuilt();
    scale = wanted;
    return this;
  }

  /** Whether it has beta; true by default. */
  public LayerNormalization center(boolean wanted) {
    requireUnbuilt();
    center = wanted;
    return this;
  }

  @Override
  protected Shape build(List<Shape> inputs) {
    Shape x = single(inputs);
    rank = x.rank();
    if (axes < 1 || axes > rank) {
      throw error("cannot normalise %d axes of %s", axes, x);
    }
    Shape normalised = Shape.of(Arrays.copyOfRange(x.toArray(), rank - axes, rank));
    size = normalised.size();
    if (scale) {
      gamma = addWeight("gamma", normalised, Initializers.ONES, true);
    }
    if (center) {
      beta = addWeight("beta", normalised, Initializers.ZEROS, true);
    }
    return x;
  }

  @Override
  public Tensor forward(List<Tensor> inputs, Pass pass) {
    Tensor x = inputs.getFirst();
    if (axes == 1) {
      return LayerNorm.layerNorm(x, tensor(gamma), tensor(beta), epsilon);
    }
    Tensor rows = Reshape.reshape(x, Shape.of(x.size() / size, size));
    Tensor flatGamma = flat(gamma);
    Tensor flatBeta = flat(beta);
    Tensor normalised = LayerNorm.layerNorm(rows, flatGamma, flatBeta, epsilon);
    Tensor y = Reshape.reshape(normalised, x.shape());
    for (Tensor done : Arrays.asList(rows, flatGamma, flatBeta, normalised)) {
      if (done != null) {
        done.release();
      }
    }
    return y;
  }

  private static Tensor tensor(Parameter optional) {
    return optional == null ? null : optional.tensor();
  }

  private Tensor flat(Parameter optional) {
    return optional == null ? null : Reshape.reshape(optional.tensor(), Shape.of(size));
  }

  /** What is added to the variance. */
  public double epsilon() {
    return epsilon;
  }

  @Override
  public Map<String, Object> config() {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("axis", IntStream.rangeClosed(rank - axes + 1, rank).boxed().toList());
    config.put("epsilon", epsilon);
    config.put("center", center);
    config.put("scale", scale);
    return config;
  }
}
