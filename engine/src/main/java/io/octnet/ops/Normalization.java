package io.octnet.ops;

import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;
import java.util.Arrays;

/**
 * What batch normalisation needs to know of each channel: {@code y = gamma * (x - mean) * invStd +
 * beta = scale * x + shift}.
 */
record Normalization(float[] mean, float[] invStd, float[] scale, float[] shift) {

  /**
   * By the statistics of a batch, which move the moving ones.
   *
   * @param sums sum and sum of squares per channel
   * @param moving null for none
   */
  static Normalization ofBatch(
      double[] sums, int rows, Tensor gamma, Tensor beta, double epsilon, BatchNorm.Moving moving) {
    int channels = sums.length / 2;
    double[] mean = new double[channels];
    double[] variance = new double[channels];
    for (int c = 0; c < channels; c++) {
      mean[c] = sums[c] / rows;
      variance[c] = Math.max(sums[channels + c] / rows - mean[c] * mean[c], 0);
    }
    if (moving != null) {
      Check.shape("batch_norm", "the moving mean", moving.mean(), Shape.of(channels));
      Check.shape("batch_norm", "the moving variance", moving.variance(), Shape.of(channels));
      moving.update(mean, variance, rows);
    }
    return of(mean, variance, gamma, beta, epsilon, rows == 1);
  }

  /** By statistics known before. */
  static Normalization known(
      Tensor movingMean, Tensor movingVariance, Tensor gamma, Tensor beta, double epsilon) {
    int channels = movingMean.size();
    double[] mean = new double[channels];
    double[] variance = new double[channels];
    for (int c = 0; c < channels; c++) {
      mean[c] = movingMean.data()[c];
      variance[c] = movingVariance.data()[c];
    }
    return of(mean, variance, gamma, beta, epsilon, false);
  }

  private static Normalization of(
      double[] mean,
      double[] variance,
      Tensor gamma,
      Tensor beta,
      double epsilon,
      boolean ownMean) {
    int channels = mean.length;
    Normalization n =
        new Normalization(
            new float[channels], new float[channels], new float[channels], new float[channels]);
    for (int c = 0; c < channels; c++) {
      double invStd = 1 / Math.sqrt(variance[c] + epsilon);
      n.mean[c] = (float) mean[c];
      n.invStd[c] = (float) invStd;
      double slope = (gamma == null ? 1 : gamma.data()[c]) * invStd;
      n.scale[c] = ownMean ? 0 : (float) slope; // one row is its own mean: y = beta
      n.shift[c] = (float) ((beta == null ? 0 : beta.data()[c]) - mean[c] * n.scale[c]);
    }
    return n;
  }

  /** The factors of a norm, 1 where it has none. */
  static float[] orOnes(Tensor gamma, int channels) {
    if (gamma != null) {
      return gamma.data();
    }
    float[] ones = new float[channels];
    Arrays.fill(ones, 1);
    return ones;
  }
}
