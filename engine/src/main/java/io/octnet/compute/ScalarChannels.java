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
      int rows,
      int channels,
      float[] x,
      float[] dy,
      float[] mean,
      float[] invStd,
      float[] gamma,
      boolean maskByX,
      float[] dGamma,
      float[] dBeta,
      float[] dx) {
    double[] sumDy = new double[channels];
    double[] sumDyXhat = new double[channels];
    for (int i = 0; i < rows * channels; i++) {
      int c = i % channels;
      sumDy[c] += dy[i];
      sumDyXhat[c] += dy[i] * (((double) x[i] - mean[c]) * invStd[c]);
    }
    for (int c = 0; c < channels; c++) {
      dGamma[c] = (float) sumDyXhat[c];
      dBeta[c] = (float) sumDy[c];
    }
    for (int i = 0; dx != null && i < rows * channels; i++) {
      int c = i % channels;
      double xhat = ((double) x[i] - mean[c]) * invStd[c];
      double centred = dy[i] - sumDy[c] / rows - xhat * (sumDyXhat[c] / rows);
      dx[i] = maskByX && !(x[i] > 0) ? 0 : (float) ((double) gamma[c] * invStd[c] * centred);
    }
  }

  static void maskByNorm(
      int rows, int channels, float[] x, float[] scale, float[] shift, float[] dy) {
    for (int i = 0; i < rows * channels; i++) {
      dy[i] = Math.fma(scale[i % channels], x[i], shift[i % channels]) > 0 ? dy[i] : 0;
    }
  }

  static void normMeanBackward(
      int batch,
      int positions,
      int channels,
      float[] x,
      float[] slope,
      float[] offset,
      boolean maskByX,
      float[] dx) {
    for (int i = 0; i < batch * positions * channels; i++) {
      int c = i % channels;
      float value = Math.fma(slope[c], x[i], offset[i / (positions * channels) * channels + c]);
      dx[i] = maskByX && !(x[i] > 0) ? 0 : value;
    }
  }

  static void biasAdd(int rows, int channels, float[] x, float[] bias, boolean relu, float[] y) {
    for (int i = 0; i < rows * channels; i++) {
      float value = x[i] + bias[i % channels];
      y[i] = relu ? Math.max(value, 0) : value;
    }
  }

  static void columnSums(int rows, int channels, float[] x, float[] y) {
    double[] sums = new double[channels];
    for (int i = 0; i < rows * channels; i++) {
      sums[i % channels] += x[i];
    }
    for (int c = 0; c < channels; c++) {
      y[c] = (float) sums[c];
    }
  }
}
