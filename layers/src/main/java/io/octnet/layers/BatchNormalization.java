package io.octnet.layers;

import io.octnet.initializers.Initializers;
import io.octnet.ops.BatchNorm;
import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;
import java.util.List;

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

  @Override
  public BatchNormalization named(String newName) {
    super.named(newName);
    return this;
  }

  @Override
  protected Shape build(List<Shape> inputs) {
    Shape x = single(inputs);
    Shape channels = Shape.of(x.dim(-1));
    gamma = addWeight("gamma", channels, Initializers.ONES, true);
    beta = addWeight("beta", channels, Initializers.ZEROS, true);
    movingMean = addWeight("moving_mean", channels, Initializers.ZEROS, false);
    movingVariance = addWeight("moving_variance", channels, Initializers.ONES, false);
    return x;
  }

  @Override
  public Tensor forward(List<Tensor> inputs, Pass pass) {
    return normalize(inputs.getFirst(), pass, false);
  }

  /** As {@link #forward}, rectified if asked: for a ReLU that follows, in one pass over memory. */
  public Tensor normalize(Tensor x, Pass pass, boolean relu) {
    if (usesBatch(pass)) {
      return BatchNorm.training(x, gamma.tensor(), beta.tensor(), epsilon, moving(), relu);
    }
    return BatchNorm.inference(
        x,
        gamma.tensor(),
        beta.tensor(),
        movingMean.tensor(),
        movingVariance.tensor(),
        epsilon,
        relu);
  }

  /** Whether it takes the statistics of the batch in this pass: in training, unless frozen. */
  public boolean usesBatch(Pass pass) {
    return pass.training() && isTrainable();
  }

  /** For ops that normalise by the statistics of the batch, and do something else beside. */
  public BatchNorm.Parameters ofBatch() {
    return new BatchNorm.Parameters(gamma.tensor(), beta.tensor(), epsilon, moving());
  }

  private BatchNorm.Moving moving() {
    return new BatchNorm.Moving(movingMean.tensor(), movingVariance.tensor(), momentum, unbiased);
  }

  /** What is added to the variance. */
  public double epsilon() {
    return epsilon;
  }

  /** How slowly the moving statistics follow. */
  public double momentum() {
    return momentum;
  }

  /** The slope of each channel in inference: {@code gamma / sqrt(moving_variance + epsilon)}. */
  public double[] inferenceScale() {
    double[] scale = new double[gamma.shape().size()];
    for (int c = 0; c < scale.length; c++) {
      double variance = movingVariance.tensor().data()[c];
      scale[c] = gamma.tensor().data()[c] / Math.sqrt(variance + epsilon);
    }
    return scale;
  }

  /** The offset of each channel in inference: {@code beta - moving_mean * scale}. */
  public double[] inferenceShift() {
    double[] shift = inferenceScale();
    for (int c = 0; c < shift.length; c++) {
      shift[c] = beta.tensor().data()[c] - movingMean.tensor().data()[c] * shift[c];
    }
    return shift;
  }

  @Override
  public Footprint footprint() {
    return Footprint.READS_INPUT_IN_PLACE;
  }
}
