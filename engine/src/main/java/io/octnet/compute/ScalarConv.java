package io.octnet.compute;

import java.util.Arrays;

/** Convolution by its definition: seven nested loops, sums in double, rounded once. */
final class ScalarConv {
  private ScalarConv() {}

  // y: (N, P, Q, K)
  static void forward(ConvGeometry g, ConvInput in, float[] kernel, Epilogue epilogue, float[] y) {
    if (epilogue.sums() != null) {
      Arrays.fill(epilogue.sums(), 0);
    }
    int outChannels = g.outChannels();
    double[] sum = new double[outChannels];
    int at = 0;
    for (int n = 0; n < g.batch(); n++) {
      for (int p = 0; p < g.outHeight(); p++) {
        for (int q = 0; q < g.outWidth(); q++, at += outChannels) {
          Arrays.fill(sum, 0);
          accumulate(g, in, kernel, n, p, q, sum);
          store(epilogue, sum, y, at);
        }
      }
    }
  }

  private static void accumulate(
      ConvGeometry g, ConvInput in, float[] kernel, int n, int p, int q, double[] sum) {
    for (int r = 0; r < g.kernelHeight(); r++) {
      int h = p * g.strideHeight() + r * g.dilationHeight() - g.padTop();
      for (int s = 0; s < g.kernelWidth(); s++) {
        int w = q * g.strideWidth() + s * g.dilationWidth() - g.padLeft();
        if (h < 0 || h >= g.height() || w < 0 || w >= g.width()) {
          continue;
        }
        int xAt = ((n * g.height() + h) * g.width() + w) * g.inChannels();
        int kAt = (r * g.kernelWidth() + s) * g.inChannels() * g.outChannels();
        for (int c = 0; c < g.inChannels(); c++) {
          double value = read(in, xAt + c, c);
          for (int k = 0; k < g.outChannels(); k++) {
            sum[k] += value * kernel[kAt + c * g.outChannels() + k];
          }
        }
      }
    }
  }

  private static void store(Epilogue epilogue, double[] sum, float[] y, int at) {
    for (int k = 0; k < sum.length; k++) {
      double value = sum[k];
      if (epilogue.bias() != null) {
        value += epilogue.bias()[k];
      }
      if (epilogue.residual() != null) {
        value += epilogue.residual()[at + k];
      }
      float stored = (float) (epilogue.relu() ? Math.max(value, 0) : value);
      y[at + k] = stored;
      if (epilogue.sums() != null) {
        epilogue.sums()[k] += stored;
        epilogue.sums()[sum.length + k] += (double) stored * stored;
      }
    }
  }

  // dx[n,h,w,c] = sum over r,s,k of dy[n,p,q,k] * kernel[r,s,c,k], where h = p*stride + r*dilation
  // - padTop
  static void backwardData(ConvGeometry g, ConvGradient gradient, float[] kernel, float[] dx) {
    double[] sum = new double[g.inputSize()];
    for (int n = 0; n < g.batch(); n++) {
      for (int p = 0; p < g.outHeight(); p++) {
        for (int q = 0; q < g.outWidth(); q++) {
          scatter(g, gradient, kernel, n, p, q, sum);
        }
      }
    }
    for (int i = 0; i < sum.length; i++) {
      dx[i] = (float) sum[i];
    }
  }

  private static void scatter(
      ConvGeometry g, ConvGradient gradient, float[] kernel, int n, int p, int q, double[] sum) {
    int yAt = ((n * g.outHeight() + p) * g.outWidth() + q) * g.outChannels();
    for (int r = 0; r < g.kernelHeight(); r++) {
      int h = p * g.strideHeight() + r * g.dilationHeight() - g.padTop();
      for (int s = 0; s < g.kernelWidth(); s++) {
        int w = q * g.strideWidth() + s * g.dilationWidth() - g.padLeft();
        if (h < 0 || h >= g.height() || w < 0 || w >= g.width()) {
          continue;
        }
        int xAt = ((n * g.height() + h) * g.width() + w) * g.inChannels();
        int kAt = (r * g.kernelWidth() + s) * g.inChannels() * g.outChannels();
        for (int c = 0; c < g.inChannels(); c++) {
          for (int k = 0; k < g.outChannels(); k++) {
            sum[xAt + c] +=
                (double) masked(gradient, yAt + k) * kernel[kAt + c * g.outChannels() + k];
          }
        }
      }
    }
  }

  // dKernel[r,s,c,k] = sum over n,p,q of x[n,h,w,c] * dy[n,p,q,k];  dBias[k] = sum over n,p,q of
  // dy[n,p,q,k]
  static void backwardWeights(
      ConvGeometry g, ConvInput in, ConvGradient gradient, float[] dKernel, float[] dBias) {
    double[] kernelSum = new double[g.kernelSize()];
    double[] biasSum = new double[g.outChannels()];
    int yAt = 0;
    for (int n = 0; n < g.batch(); n++) {
      for (int p = 0; p < g.outHeight(); p++) {
        for (int q = 0; q < g.outWidth(); q++, yAt += g.outChannels()) {
          for (int k = 0; k < g.outChannels(); k++) {
            biasSum[k] += masked(gradient, yAt + k);
          }
          correlate(g, in, gradient, n, p, q, yAt, kernelSum);
        }
      }
    }
    for (int i = 0; i < kernelSum.length; i++) {
      dKernel[i] = (float) kernelSum[i];
    }
    for (int k = 0; dBias != null && k < biasSum.length; k++) {
      dBias[k] = (float) biasSum[k];
    }
  }

  private static void correlate(
      ConvGeometry g,
      ConvInput in,
      ConvGradient gradient,
      int n,
      int p,
      int q,
      int yAt,
      double[] sum) {
    for (int r = 0; r < g.kernelHeight(); r++) {
      int h = p * g.strideHeight() + r * g.dilationHeight() - g.padTop();
      for (int s = 0; s < g.kernelWidth(); s++) {
        int w = q * g.strideWidth() + s * g.dilationWidth() - g.padLeft();
        if (h < 0 || h >= g.height() || w < 0 || w >= g.width()) {
          continue;
        }
        int xAt = ((n * g.height() + h) * g.width() + w) * g.inChannels();
        int kAt = (r * g.kernelWidth() + s) * g.inChannels() * g.outChannels();
        for (int c = 0; c < g.inChannels(); c++) {
          double value = read(in, xAt + c, c);
          for (int k = 0; k < g.outChannels(); k++) {
            sum[kAt + c * g.outChannels() + k] += value * masked(gradient, yAt + k);
          }
        }
      }
    }
  }

  private static float read(ConvInput in, int at, int channel) {
    float value = in.x()[at];
    if (in.scale() != null) {
      value = Math.fma(in.scale()[channel], value, in.shift()[channel]);
    }
    return in.relu() ? Math.max(value, 0) : value;
  }

  private static float masked(ConvGradient gradient, int at) {
    return gradient.y() == null || gradient.y()[at] > 0 ? gradient.dy()[at] : 0;
  }
}
