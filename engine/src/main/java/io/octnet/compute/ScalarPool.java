package io.octnet.compute;

import java.util.Arrays;

/** Pooling by its definition. */
final class ScalarPool {
  private ScalarPool() {}

  /** What to do with the window of one output element. */
  private interface Window {
    void visit(int out, int n, int h0, int h1, int w0, int w1, int c);
  }

  /**
   * Visits every output element with the rows and columns of its window that lie inside the input.
   */
  private static void forEachWindow(PoolGeometry g, Window window) {
    int out = 0;
    for (int n = 0; n < g.batch(); n++) {
      for (int p = 0; p < g.outHeight(); p++) {
        int top = p * g.strideHeight() - g.padTop();
        for (int q = 0; q < g.outWidth(); q++) {
          int left = q * g.strideWidth() - g.padLeft();
          for (int c = 0; c < g.channels(); c++, out++) {
            window.visit(
                out,
                n,
                Math.max(top, 0),
                Math.min(top + g.poolHeight(), g.height()),
                Math.max(left, 0),
                Math.min(left + g.poolWidth(), g.width()),
                c);
          }
        }
      }
    }
  }

  private static int at(PoolGeometry g, int n, int h, int w, int c) {
    return ((n * g.height() + h) * g.width() + w) * g.channels() + c;
  }

  static void max(PoolGeometry g, float[] x, float[] y, byte[] argmax) {
    if (argmax != null) {
      g.checkPlaces(256);
    }
    forEachWindow(
        g,
        (out, n, h0, h1, w0, w1, c) -> {
          int best = at(g, n, h0, w0, c);
          int bestH = h0;
          int bestW = w0;
          for (int h = h0; h < h1; h++) {
            for (int w = w0; w < w1; w++) {
              int i = at(g, n, h, w, c);
              if (x[i] > x[best] || (Float.isNaN(x[i]) && !Float.isNaN(x[best]))) {
                best = i;
                bestH = h;
                bestW = w;
              }
            }
          }
          y[out] = x[best];
          if (argmax != null) {
            int p = out / g.channels() / g.outWidth() % g.outHeight();
            int q = out / g.channels() % g.outWidth();
            int r = bestH - (p * g.strideHeight() - g.padTop());
            int s = bestW - (q * g.strideWidth() - g.padLeft());
            argmax[out] = (byte) (r * g.poolWidth() + s);
          }
        });
  }

  // dx[winner of window] += dy[window]
  static void maxBackward(PoolGeometry g, float[] dy, byte[] argmax, float[] dx) {
    Arrays.fill(dx, 0, g.inputSize(), 0);
    int out = 0;
    for (int n = 0; n < g.batch(); n++) {
      for (int p = 0; p < g.outHeight(); p++) {
        for (int q = 0; q < g.outWidth(); q++) {
          for (int c = 0; c < g.channels(); c++, out++) {
            int place = argmax[out] & 0xFF;
            int h = p * g.strideHeight() - g.padTop() + place / g.poolWidth();
            int w = q * g.strideWidth() - g.padLeft() + place % g.poolWidth();
            dx[at(g, n, h, w, c)] += dy[out];
          }
        }
      }
    }
  }

  static void average(PoolGeometry g, float[] x, float[] y) {
    forEachWindow(
        g,
        (out, n, h0, h1, w0, w1, c) -> {
          double sum = 0;
          for (int h = h0; h < h1; h++) {
            for (int w = w0; w < w1; w++) {
              sum += x[at(g, n, h, w, c)];
            }
          }
          y[out] = (float) (sum / ((h1 - h0) * (w1 - w0)));
        });
  }

  // dx[each of window] += dy[window] / places
  static void averageBackward(PoolGeometry g, float[] dy, float[] dx) {
    Arrays.fill(dx, 0, g.inputSize(), 0);
    forEachWindow(
        g,
        (out, n, h0, h1, w0, w1, c) -> {
          float share = dy[out] / ((h1 - h0) * (w1 - w0));
          for (int h = h0; h < h1; h++) {
            for (int w = w0; w < w1; w++) {
              dx[at(g, n, h, w, c)] += share;
            }
          }
        });
  }
}
