package io.octnet.compute;

import java.util.Arrays;

/**
 * Depthwise convolution by its definition, with sums in double: one task an output row, an input
 * row, or a channel, so that results do not depend on the number of threads.
 */
final class ScalarDepthwise {
  private ScalarDepthwise() {}

  /** {@code y[n,p,q,k] = bias[k] + sum over r,s of x[n, row, column, k / M] * kernel[r,s,k]}. */
  static void forward(
      Compute compute, DepthwiseGeometry d, float[] x, float[] kernel, float[] bias, float[] y) {
    ConvGeometry g = d.window();
    compute.parallelFor(
        g.batch() * g.outHeight(),
        task -> {
          int n = task / g.outHeight();
          int p = task % g.outHeight();
          double[] sums = new double[g.outChannels()];
          for (int q = 0; q < g.outWidth(); q++) {
            for (int k = 0; k < sums.length; k++) {
              sums[k] = bias == null ? 0 : bias[k];
            }
            pixel(d, x, kernel, n, p, q, sums);
            int at = (task * g.outWidth() + q) * sums.length;
            for (int k = 0; k < sums.length; k++) {
              y[at + k] = (float) sums[k];
            }
          }
        });
  }

  private static void pixel(
      DepthwiseGeometry d, float[] x, float[] kernel, int n, int p, int q, double[] sums) {
    ConvGeometry g = d.window();
    for (int r = 0; r < g.kernelHeight(); r++) {
      int h = d.row(p, r);
      for (int s = 0; s < g.kernelWidth(); s++) {
        int w = d.column(q, s);
        if (h < 0 || h >= g.height() || w < 0 || w >= g.width()) {
          continue;
        }
        int from = ((n * g.height() + h) * g.width() + w) * g.inChannels();
        int weights = (r * g.kernelWidth() + s) * sums.length;
        for (int k = 0; k < sums.length; k++) {
          sums[k] += (double) x[from + k / d.multiplier()] * kernel[weights + k];
        }
      }
    }
  }

  /** dx: (N, H, W, C): each input pixel gathers from the output pixels that read it. */
  static void backwardData(
      Compute compute, DepthwiseGeometry d, float[] dy, float[] kernel, float[] dx) {
    ConvGeometry g = d.window();
    compute.parallelFor(
        g.batch() * g.height(),
        task -> {
          int n = task / g.height();
          int h = task % g.height();
          double[] sums = new double[g.inChannels()];
          for (int w = 0; w < g.width(); w++) {
            Arrays.fill(sums, 0);
            gather(d, dy, kernel, n, h, w, sums);
            int at = (task * g.width() + w) * sums.length;
            for (int c = 0; c < sums.length; c++) {
              dx[at + c] = (float) sums[c];
            }
          }
        });
  }

  private static void gather(
      DepthwiseGeometry d, float[] dy, float[] kernel, int n, int h, int w, double[] sums) {
    ConvGeometry g = d.window();
    for (int r = 0; r < g.kernelHeight(); r++) {
      int p = place(h + g.padTop() - r * g.dilationHeight(), g.strideHeight(), g.outHeight());
      for (int s = 0; s < g.kernelWidth(); s++) {
        int q = place(w + g.padLeft() - s * g.dilationWidth(), g.strideWidth(), g.outWidth());
        if (p < 0 || q < 0) {
          continue;
        }
        int from = ((n * g.outHeight() + p) * g.outWidth() + q) * g.outChannels();
        int weights = (r * g.kernelWidth() + s) * g.outChannels();
        for (int k = 0; k < g.outChannels(); k++) {
          sums[k / d.multiplier()] += (double) dy[from + k] * kernel[weights + k];
        }
      }
    }
  }

  /** The output place that begins at an input place; -1 if there is none. */
  private static int place(int start, int stride, int places) {
    return start >= 0 && start % stride == 0 && start / stride < places ? start / stride : -1;
  }

  /** dKernel: (R, S, C, M), dBias: (C * M) or null. */
  static void backwardWeights(
      Compute compute, DepthwiseGeometry d, float[] x, float[] dy, float[] dKernel, float[] dBias) {
    ConvGeometry g = d.window();
    int taps = g.kernelHeight() * g.kernelWidth();
    compute.parallelFor(
        dBias == null ? taps : taps + 1,
        task -> {
          double[] sums = new double[g.outChannels()];
          for (int at = 0; at < g.batch() * g.outHeight(); at++) {
            addRow(d, x, dy, task, at, sums);
          }
          for (int k = 0; k < sums.length; k++) {
            if (task < taps) {
              dKernel[task * sums.length + k] = (float) sums[k];
            } else {
              dBias[k] = (float) sums[k];
            }
          }
        });
  }

  /**
   * Adds one output row's part of the gradient of a tap; of the bias for the tap after the last.
   */
  private static void addRow(
      DepthwiseGeometry d, float[] x, float[] dy, int tap, int row, double[] sums) {
    ConvGeometry g = d.window();
    boolean bias = tap == g.kernelHeight() * g.kernelWidth();
    int n = row / g.outHeight();
    int h = bias ? 0 : d.row(row % g.outHeight(), tap / g.kernelWidth());
    if (h < 0 || h >= g.height()) {
      return;
    }
    for (int q = 0; q < g.outWidth(); q++) {
      int w = bias ? 0 : d.column(q, tap % g.kernelWidth());
      if (w < 0 || w >= g.width()) {
        continue;
      }
      int to = (row * g.outWidth() + q) * sums.length;
      int from = ((n * g.height() + h) * g.width() + w) * g.inChannels();
      for (int k = 0; k < sums.length; k++) {
        sums[k] += dy[to + k] * (bias ? 1.0 : x[from + k / d.multiplier()]);
      }
    }
  }
}
