package io.octnet.fusion;

import io.octnet.layers.BatchNormalization;

/**
 * A batch norm by its moving statistics, per channel: {@code y = scale * x + shift}, {@code scale =
 * gamma / sqrt(moving_variance + epsilon)}, {@code shift = beta - moving_mean * scale}.
 */
record KnownNorm(double[] scale, double[] shift) {
  static KnownNorm of(BatchNormalization norm) {
    float[] gamma = norm.gamma() == null ? null : norm.gamma().tensor().data();
    float[] beta = norm.beta() == null ? null : norm.beta().tensor().data();
    float[] mean = norm.movingMean().tensor().data();
    float[] variance = norm.movingVariance().tensor().data();
    int channels = norm.movingMean().shape().size();
    KnownNorm known = new KnownNorm(new double[channels], new double[channels]);
    for (int c = 0; c < channels; c++) {
      known.scale[c] = (gamma == null ? 1 : gamma[c]) / Math.sqrt(variance[c] + norm.epsilon());
      known.shift[c] = (beta == null ? 0 : beta[c]) - mean[c] * known.scale[c];
    }
    return known;
  }

  /** Null for none. */
  static float[] scales(KnownNorm norm) {
    return norm == null ? null : floats(norm.scale);
  }

  /** Null for none. */
  static float[] shifts(KnownNorm norm) {
    return norm == null ? null : floats(norm.shift);
  }

  private static float[] floats(double[] values) {
    float[] rounded = new float[values.length];
    for (int i = 0; i < rounded.length; i++) {
      rounded[i] = (float) values[i];
    }
    return rounded;
  }
}
