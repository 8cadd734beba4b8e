package io.octnet.compute.simd.channels;

import io.octnet.compute.PoolGeometry;
import io.octnet.compute.simd.convolution.Source;
import io.octnet.compute.simd.kernel.Width;
import io.octnet.compute.simd.threads.Workers;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Average pooling, vectors over channels; a task is a row of the output, or an image where windows
 * may overlap.
 */
public final class SimdPool {
  private static final VectorSpecies<Float> S = Width.SPECIES;
  private static final int L = S.length();

  private SimdPool() {}

  /** Where channel 0 of a pixel is. */
  static int at(PoolGeometry g, int n, int h, int w) {
    return ((n * g.height() + h) * g.width() + w) * g.channels();
  }

  public static void average(Workers workers, PoolGeometry g, float[] x, float[] y) {
    workers.parallelFor(
        g.batch() * g.outHeight(),
        task -> {
          int n = task / g.outHeight();
          int p = task % g.outHeight();
          int out = task * g.outWidth() * g.channels();
          Source.zero(y, out, g.outWidth() * g.channels());
          for (int q = 0; q < g.outWidth(); q++, out += g.channels()) {
            int places = addWindow(g, n, p, q, x, y, out);
            SimdElementwise.scale(out, out + g.channels(), 1f / places, y, y);
          }
        });
  }

  /** Adds up a window into y, and counts its places. */
  private static int addWindow(PoolGeometry g, int n, int p, int q, float[] x, float[] y, int out) {
    int top = p * g.strideHeight() - g.padTop();
    int left = q * g.strideWidth() - g.padLeft();
    int h0 = Math.max(top, 0);
    int h1 = Math.min(top + g.poolHeight(), g.height());
    int w0 = Math.max(left, 0);
    int w1 = Math.min(left + g.poolWidth(), g.width());
    for (int h = h0; h < h1; h++) {
      for (int w = w0; w < w1; w++) {
        addTo(y, out, x, at(g, n, h, w), g.channels(), 1);
      }
    }
    return (h1 - h0) * (w1 - w0);
  }

  // dx[each of window] += dy[window] / places
  public static void averageBackward(Workers workers, PoolGeometry g, float[] dy, float[] dx) {
    int image = g.height() * g.width() * g.channels();
    workers.parallelFor(
        g.batch(),
        n -> {
          Source.zero(dx, n * image, image);
          for (int p = 0; p < g.outHeight(); p++) {
            for (int q = 0; q < g.outWidth(); q++) {
              spread(g, n, p, q, dy, dx);
            }
          }
        });
  }

  private static void spread(PoolGeometry g, int n, int p, int q, float[] dy, float[] dx) {
    int h0 = Math.max(p * g.strideHeight() - g.padTop(), 0);
    int h1 = Math.min(p * g.strideHeight() - g.padTop() + g.poolHeight(), g.height());
    int w0 = Math.max(q * g.strideWidth() - g.padLeft(), 0);
    int w1 = Math.min(q * g.strideWidth() - g.padLeft() + g.poolWidth(), g.width());
    int out = ((n * g.outHeight() + p) * g.outWidth() + q) * g.channels();
    float share = 1f / ((h1 - h0) * (w1 - w0));
    for (int h = h0; h < h1; h++) {
      for (int w = w0; w < w1; w++) {
        addTo(dx, at(g, n, h, w), dy, out, g.channels(), share);
      }
    }
  }

  private static void addTo(float[] to, int toAt, float[] from, int at, int length, float factor) {
    int i = 0;
    for (; i + L <= length; i += L) {
      FloatVector.fromArray(S, to, toAt + i)
          .add(FloatVector.fromArray(S, from, at + i).mul(factor))
          .intoArray(to, toAt + i);
    }
    for (; i < length; i++) {
      to[toAt + i] += from[at + i] * factor;
    }
  }

  public static void globalAverage(
      Workers workers, int batch, int positions, int channels, float[] x, float[] y) {
    workers.parallelFor(
        batch,
        n -> {
          double[] total = new double[channels];
          float[] part = new float[channels];
          for (int i = 0; i < positions; i++) {
            addTo(part, 0, x, (n * positions + i) * channels, channels, 1);
            if (i % 32 == 31 || i == positions - 1) { // short float sums, emptied into doubles
              for (int c = 0; c < channels; c++) {
                total[c] += part[c];
                part[c] = 0;
              }
            }
          }
          for (int c = 0; c < channels; c++) {
            y[n * channels + c] = (float) (total[c] / positions);
          }
        });
  }

  // dx[n,i,c] = dy[n,c] / positions
  public static void globalAverageBackward(
      Workers workers, int batch, int positions, int channels, float[] dy, float[] dx) {
    workers.parallelFor(
        batch,
        n -> {
          int first = n * positions * channels;
          for (int c = 0; c < channels; c++) {
            dx[first + c] = dy[n * channels + c] / positions;
          }
          for (int i = 1; i < positions; i++) {
            System.arraycopy(dx, first, dx, first + i * channels, channels);
          }
        });
  }
}
