package io.octnet.ops;

import io.octnet.autograd.Autograd;
import io.octnet.autograd.Node;
import io.octnet.compute.Backend;
import io.octnet.compute.Compute;
import io.octnet.compute.NormGradients;
import io.octnet.compute.NormStatistics;
import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;

/**
 * Batch normalisation over all axes but the last: {@code y = gamma * (x - mean) / sqrt(variance +
 * epsilon) + beta}, rectified if asked. x: (..., C), all else: (C). Ioffe and Szegedy, 2015.
 *
 * <p>{@link #training} takes the statistics of the batch and moves the moving ones; {@link
 * #inference} takes the moving ones as constants, also for a frozen layer in training, through
 * which gradients still flow.
 */
public final class BatchNorm extends Node {
  private final Tensor x;
  private final Tensor gamma;
  private final Normalization statistics;
  private final boolean ofBatch; // whether the statistics are functions of x
  private final boolean reluPending;
  private final Tensor mask; // y, where a ReLU follows

  private BatchNorm(
      Tensor x,
      Tensor gamma,
      Tensor beta,
      Normalization statistics,
      boolean ofBatch,
      boolean reluPending,
      Tensor mask) {
    super(inputs(x, gamma, beta), x, gamma, mask);
    this.x = x;
    this.gamma = gamma;
    this.statistics = statistics;
    this.ofBatch = ofBatch;
    this.reluPending = reluPending;
    this.mask = mask;
  }

  /**
   * The moving statistics of a layer: {@code moving += (1 - momentum) * (batch - moving)}.
   *
   * @param mean (C), updated in place
   * @param variance (C), updated in place
   * @param momentum Keras's default is 0.99
   * @param unbiased whether the variance that enters is divided by n - 1, as by Keras 2's fused
   *     kernel, instead of n, as by Keras 3; the output always uses n
   */
  public record Moving(Tensor mean, Tensor variance, double momentum, boolean unbiased) {
    void update(double[] batchMean, double[] batchVariance, int rows) {
      double correction = unbiased ? rows / Math.max(rows - 1.0, 1) : 1;
      for (int c = 0; c < batchMean.length; c++) {
        mean.data()[c] = move(mean.data()[c], batchMean[c]);
        variance.data()[c] = move(variance.data()[c], batchVariance[c] * correction);
      }
      mean.changed();
      variance.changed();
    }

    private float move(float moving, double batch) {
      return (float) (moving * momentum + batch * (1 - momentum));
    }
  }

  /**
   * What normalises by the statistics of a batch, beside its input.
   *
   * @param gamma (C), or null for ones
   * @param beta (C), or null for zeros
   * @param moving the statistics to update, or null for none
   */
  public record Parameters(Tensor gamma, Tensor beta, double epsilon, Moving moving) {}

  /**
   * Normalises by the statistics of this batch.
   *
   * @param gamma (C), or null for ones
   * @param beta (C), or null for zeros
   * @param moving the statistics to update, or null for none
   * @param relu whether a ReLU follows
   */
  public static Tensor training(
      Tensor x, Tensor gamma, Tensor beta, double epsilon, Moving moving, boolean relu) {
    return training(Unnormalized.of(x), new Parameters(gamma, beta, epsilon, moving), relu);
  }

  /** Normalises by the statistics of this batch what an op computed for that; x is not released. */
  public static Tensor training(Unnormalized x, Parameters p, boolean relu) {
    NormInput norm = NormInput.of(x, p);
    Normalization n = norm.normalization();
    return normalize(norm.x(), p.gamma, p.beta, n, relu, true, norm.reluPending());
  }

  /**
   * Normalises by known statistics, which get no gradient. The parameters are those of training.
   */
  public static Tensor inference(
      Tensor x,
      Tensor gamma,
      Tensor beta,
      Tensor movingMean,
      Tensor movingVariance,
      double epsilon,
      boolean relu) {
    int channels = check(x.shape(), gamma, beta, epsilon);
    Check.shape("batch_norm", "the moving mean", movingMean, Shape.of(channels));
    Check.shape("batch_norm", "the moving variance", movingVariance, Shape.of(channels));
    Normalization n = Normalization.known(movingMean, movingVariance, gamma, beta, epsilon);
    return normalize(x, gamma, beta, n, relu, false, false);
  }

  static int check(Shape x, Tensor gamma, Tensor beta, double epsilon) {
    Check.that(x.rank() >= 2, "batch_norm", "x must have at least 2 axes, received shape %s", x);
    Check.that(epsilon >= 0, "batch_norm", "epsilon must not be negative, received %s", epsilon);
    Shape perChannel = Shape.of(x.dim(-1));
    if (gamma != null) {
      Check.shape("batch_norm", "gamma for x " + x, gamma, perChannel);
    }
    if (beta != null) {
      Check.shape("batch_norm", "beta for x " + x, beta, perChannel);
    }
    return x.dim(-1);
  }

  private static Tensor normalize(
      Tensor x,
      Tensor gamma,
      Tensor beta,
      Normalization n,
      boolean relu,
      boolean ofBatch,
      boolean reluPending) {
    int channels = x.dim(-1);
    Compute compute = Backend.compute();
    Tensor y = Tensor.allocate(compute.pool(), x.shape());
    compute.scaleShift(
        x.size() / channels, channels, x.data(), n.scale(), n.shift(), relu, y.data());
    return Autograd.record(
        y, new BatchNorm(x, gamma, beta, n, ofBatch, reluPending, relu ? y : null));
  }

  // xhat = (x - mean) * invStd; dBeta = sum dy, dGamma = sum dy * xhat,
  // batch statistics: dx = gamma * invStd * (dy - mean(dy) - xhat * mean(dy * xhat))
  // constant ones:    dx = gamma * invStd * dy
  @Override
  protected Tensor[] backward(Tensor gradOutput) {
    Compute compute = Backend.compute();
    boolean mayOverwrite = mask != null || gradOutput.isExclusive();
    Tensor dy = Masked.relu(gradOutput, mask);
    int channels = x.dim(-1);
    int rows = x.size() / channels;
    float[] gammas = Normalization.orOnes(gamma, channels);
    Tensor dGamma = Tensor.allocate(compute.pool(), Shape.of(channels));
    Tensor dBeta = Tensor.allocate(compute.pool(), Shape.of(channels));
    Tensor dx = null;
    if (needsGrad(0)) {
      dx = mayOverwrite ? dy.retain() : Tensor.allocate(compute.pool(), x.shape());
    }
    if (ofBatch || needsGrad(1) || needsGrad(2)) {
      NormStatistics known = new NormStatistics(statistics.mean(), statistics.invStd(), gammas);
      float[] into = ofBatch && dx != null ? dx.data() : null;
      NormGradients d = new NormGradients(dGamma.data(), dBeta.data(), into);
      if (reluPending) {
        compute.fused().reluBatchNormBackward(rows, known, x.data(), dy.data(), d);
      } else {
        compute.batchNormBackward(rows, known, x.data(), dy.data(), d);
      }
    }
    if (!ofBatch && dx != null) {
      float[] slope = new float[channels];
      for (int c = 0; c < channels; c++) {
        slope[c] = gammas[c] * statistics.invStd()[c];
      }
      compute.scaleShift(rows, channels, dy.data(), slope, new float[channels], false, dx.data());
    }
    dy.release();
    return new Tensor[] {dx, dGamma, dBeta};
  }
}
