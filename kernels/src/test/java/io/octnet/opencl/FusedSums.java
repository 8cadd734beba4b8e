package io.octnet.opencl;

import io.octnet.compute.ConvGeometry;

/** The three directions of a convolution in the order of the kernels, one fma a step. */
final class FusedSums {
  private FusedSums() {}

  /** y: (N, P, Q, K), sums over (R, S, C). */
  static float[] forward(ConvGeometry g, float[] x, float[] kernel) {
    int channels = g.outChannels();
    float[] y = new float[g.outputSize()];
    for (int i = 0; i < y.length; i++) {
      float sum = 0;
      for (int tap = 0; tap < taps(g); tap++) {
        sum = Math.fma(input(g, x, i / channels, tap), kernel[tap * channels + i % channels], sum);
      }
      y[i] = sum;
    }
    return y;
  }

  /** dx: (N, H, W, C), sums over (R, S, K). */
  static float[] backwardData(ConvGeometry g, float[] dy, float[] kernel) {
    int channels = g.inChannels();
    float[] dx = new float[g.inputSize()];
    for (int i = 0; i < dx.length; i++) {
      int c = i % channels;
      int w = i / channels % g.width();
      int h = i / channels / g.width() % g.height();
      int n = i / channels / g.width() / g.height();
      float sum = 0;
      for (int rs = 0; rs < g.kernelHeight() * g.kernelWidth(); rs++) {
        int top = h + g.padTop() - rs / g.kernelWidth() * g.dilationHeight();
        int left = w + g.padLeft() - rs % g.kernelWidth() * g.dilationWidth();
        int p = Math.floorDiv(top, g.strideHeight());
        int q = Math.floorDiv(left, g.strideWidth());
        boolean read =
            top % g.strideHeight() == 0
                && left % g.strideWidth() == 0
                && inside(p, g.outHeight())
                && inside(q, g.outWidth());
        int place = ((n * g.outHeight() + p) * g.outWidth() + q) * g.outChannels();
        for (int k = 0; k < g.outChannels(); k++) {
          float value = read ? dy[place + k] : 0;
          sum = Math.fma(value, kernel[(rs * channels + c) * g.outChannels() + k], sum);
        }
      }
      dx[i] = sum;
    }
    return dx;
  }

  /** dKernel: (R, S, C, K), sums over (N, P, Q), cut into parts that are added in their order. */
  static float[] backwardWeights(ConvGeometry g, float[] x, float[] dy) {
    int channels = g.outChannels();
    int places = g.batch() * g.outHeight() * g.outWidth();
    int parts = Parts.of(g);
    int share = Parts.share(g, parts);
    float[] dKernel = new float[g.kernelSize()];
    for (int i = 0; i < dKernel.length; i++) {
      float total = 0;
      for (int z = 0; z < parts; z++) {
        float sum = 0;
        for (int l = z * share; l < Math.min(places, (z + 1) * share); l++) {
          sum = Math.fma(input(g, x, l, i / channels), dy[l * channels + i % channels], sum);
        }
        total = z == 0 ? sum : total + sum;
      }
      dKernel[i] = total;
    }
    return dKernel;
  }

  private static int taps(ConvGeometry g) {
    return g.kernelHeight() * g.kernelWidth() * g.inChannels();
  }

  private static float input(ConvGeometry g, float[] x, int place, int tap) {
    int c = tap % g.inChannels();
    int rs = tap / g.inChannels();
    int q = place % g.outWidth();
    int p = place / g.outWidth() % g.outHeight();
    int n = place / g.outWidth() / g.outHeight();
    int h = p * g.strideHeight() - g.padTop() + rs / g.kernelWidth() * g.dilationHeight();
    int w = q * g.strideWidth() - g.padLeft() + rs % g.kernelWidth() * g.dilationWidth();
    boolean read = inside(h, g.height()) && inside(w, g.width());
    return read ? x[((n * g.height() + h) * g.width() + w) * g.inChannels() + c] : 0;
  }

  private static boolean inside(int i, int size) {
    return i >= 0 && i < size;
  }
}
