package io.octnet.layers;

import io.octnet.initializers.Initializers;
import io.octnet.ops.BatchNorm;
import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Normalises each channel: {@code gamma * (x - mean) / sqrt(variance + epsilon) + beta}. Weights:
 * gamma, beta, moving_mean, moving_variance, each (C).
 *
 * <p>In training it takes the statistics of the batch and moves the moving ones towards them; in
 * inference, and always while frozen, it takes the moving ones and leaves them alone.
 */
public final class BatchNormalization extends Layer implements Deterministic {
  private double momentum = 0.99;
  private double epsilon = 1e-3;
  private boolean unbiased;
  private boolean scale = true;
  private boolean center = true;
  private Parameter gamma;
  private Parameter beta;
  private Parameter movingMean;
  private Parameter movingVariance;

  /** With Keras's defaults: momentum 0.99, epsilon 1e-3. */
  public BatchNormalization() {}

  /**
   * How slowly the moving statistics follow, at any time: {@code moving += (1 - momentum) * (batch
   * - moving)}.
   */
  public BatchNormalization momentum(double newMomentum) {
    if (!(newMomentum >= 0 && newMomentum < 1)) {
      throw error("momentum must lie in [0, 1), received %s", newMomentum);
    }
    momentum = newMomentum;
    return this;
  }

  /** What is added to the variance. */
  public BatchNormalization epsilon(double newEpsilon) {
    requireUnbuilt();
    epsilon = newEpsilon;
    return this;
  }

  /**
   * Whether the variance that enters the moving one is divided by n - 1, as by Keras 2's fused
   * kernel, instead of n, as by Keras 3, the default.
   */
  public BatchNormalization unbiasedMovingVariance(boolean wanted) {
    unbiased = wanted;
    return this;
  }

  /** Whether it has gamma; true by default. */
  public BatchNormalization scale(boolean wanted) {
    requireUnbuilt();
    scale = wanted;
    return this;
  }

  /** Whether it has beta; true by default. */
  public BatchNormalization center(boolean wanted) {
    requireUnbuilt();
    center = wanted;
    return this;
  }

  @Override
  public BatchNormalization named(String newName) {
    super.named(newName);
    return this;
  }

  @Override
  protected Shape build(List<Shape> inputs) {
    Shape x = single(inputs);
    Shape channels = Shape.of(x.dim(-1));
    if (scale) {
      gamma = addWeight("gamma", channels, Initializers.ONES, true);
    }
    if (center) {
      beta = addWeight("beta", channels, Initializers.ZEROS, true);
    }
    movingMean = addWeight("moving_mean", channels, Initializers.ZEROS, false);
    movingVariance = addWeight("moving_variance", channels, Initializers.ONES, false);
    return x;
  }

  @Override
  public Tensor forward(List<Tensor> inputs, Pass pass) {
    Tensor x = inputs.getFirst();
    if (pass.training() && isTrainable()) {
      BatchNorm.Moving moving =
          new BatchNorm.Moving(movingMean.tensor(), movingVariance.tensor(), momentum, unbiased);
      return BatchNorm.training(x, tensor(gamma), tensor(beta), epsilon, moving, false);
    }
    return BatchNorm.inference(
        x,
        tensor(gamma),
        tensor(beta),
        movingMean.tensor(),
        movingVariance.tensor(),
        epsilon,
        false);
  }

  private static Tensor tensor(Parameter optional) {
    return optional == null ? null : optional.tensor();
  }

  /** The slope, (C); null where there is none. */
  public Parameter gamma() {
    return gamma;
  }

  /** The offset, (C); null where there is none. */
  public Parameter beta() {
    return beta;
  }

  /** The moving mean, (C). */
  public Parameter movingMean() {
    return movingMean;
  }

  /** The moving variance, (C). */
  public Parameter movingVariance() {
    return movingVariance;
  }

  /** Whether the variance that enters the moving one is divided by n - 1. */
  public boolean unbiasedMovingVariance() {
    return unbiased;
  }

  @Override
  public Map<String, Object> config() {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("axis", -1);
    config.put("momentum", momentum);
    config.put("epsilon", epsilon);
    config.put("center", center);
    config.put("scale", scale);
    return config;
  }

  /** What is added to the variance. */
  public double epsilon() {
    return epsilon;
  }

  /** How slowly the moving statistics follow. */
  public double momentum() {
    return momentum;
  }
}
