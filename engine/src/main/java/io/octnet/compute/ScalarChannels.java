package io.octnet.compute;

import java.util.Arrays;

/** Work per channel on (rows, C), and batch norm's backward rule, by their definitions. */
final class ScalarChannels {
  private ScalarChannels() {}

  static void sums(int rows, int channels, float[] x, double[] sums) {
    Arrays.fill(sums, 0, 2 * channels, 0);
    for (int i = 0; i < rows * channels; i++) {
      int c = i % channels;
      sums[c] += x[i];
      sums[channels + c] += (double) x[i] * x[i];
    }
  }

  static void scaleShift(
      int rows, int channels, float[] x, float[] scale, float[] shift, boolean relu, float[] y) {
    for (int i = 0; i < rows * channels; i++) {
      float value = Math.fma(scale[i % channels], x[i], shift[i % channels]);
      y[i] = relu ? Math.max(value, 0) : value;
    }
  }

  // dx = gamma * invStd * (dy - mean(dy) - xhat * mean(dy * xhat)), xhat = (x - mean) * invStd
  static void batchNormBackward(
      int rows, NormStatistics s, float[] x, float[] dy, NormGradients d) {
    int channels = s.channels();
    double[] sumDy = new double[channels];
    double[] sumDyXhat = new double[channels];
    for (int i = 0; i < rows * channels; i++) {
      int c = i % channels;
      sumDy[c] += dy[i];
      sumDyXhat[c] += dy[i] * xhat(s, x, i, c);
    }
    for (int c = 0; c < channels; c++) {
      d.dGamma()[c] = (float) sumDyXhat[c];
      d.dBeta()[c] = (float) sumDy[c];
    }
    for (int i = 0; d.dx() != null && i < rows * channels; i++) {
      int c = i % channels;
      double centred = dy[i] - sumDy[c] / rows - xhat(s, x, i, c) * (sumDyXhat[c] / rows);
      d.dx()[i] = (float) ((double) s.gamma()[c] * s.invStd()[c] * centred);
    }
  }

  private static double xhat(NormStatistics s, float[] x, int i, int c) {
    return ((double) x[i] - s.mean()[c]) * s.invStd()[c];
  }
}
