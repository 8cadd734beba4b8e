package io.octnet.compute.simd;

import io.octnet.compute.PoolGeometry;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Pooling, vectors over channels; a task is a row of the output, or an image where windows overlap.
 */
final class SimdPool {
  private static final VectorSpecies<Float> S = Width.SPECIES;
  private static final VectorSpecies<Byte> BYTES =
      S.length() == 16 ? ByteVector.SPECIES_128 : ByteVector.SPECIES_64;
  private static final int L = S.length();

  /** Below 8 lanes no vector of bytes has as few elements. */
  private static final boolean BYTE_LANES = BYTES.length() == L;

  private SimdPool() {}

  static void max(Workers workers, PoolGeometry g, float[] x, float[] y, byte[] argmax) {
    workers.parallelFor(
        g.batch() * g.outHeight(),
        task -> {
          int n = task / g.outHeight();
          int p = task % g.outHeight();
          for (int q = 0; q < g.outWidth(); q++) {
            maxWindow(g, n, p, q, x, y, argmax);
          }
        });
  }

  private static void maxWindow(
      PoolGeometry g, int n, int p, int q, float[] x, float[] y, byte[] argmax) {
    int top = p * g.strideHeight() - g.padTop();
    int left = q * g.strideWidth() - g.padLeft();
    int out = ((n * g.outHeight() + p) * g.outWidth() + q) * g.channels();
    int c = 0;
    for (; BYTE_LANES && c + L <= g.channels(); c += L) {
      FloatVector best = null;
      FloatVector place = FloatVector.zero(S);
      for (int r = Math.max(0, -top); r < Math.min(g.poolHeight(), g.height() - top); r++) {
        for (int s = Math.max(0, -left); s < Math.min(g.poolWidth(), g.width() - left); s++) {
          FloatVector v = FloatVector.fromArray(S, x, at(g, n, top + r, left + s) + c);
          if (best == null) {
            best = v;
            place = FloatVector.broadcast(S, r * g.poolWidth() + s);
          } else {
            VectorMask<Float> wins =
                v.compare(VectorOperators.GT, best)
                    .or(v.test(VectorOperators.IS_NAN).andNot(best.test(VectorOperators.IS_NAN)));
            best = best.blend(v, wins);
            place = place.blend(r * g.poolWidth() + s, wins);
          }
        }
      }
      best.intoArray(y, out + c);
      if (argmax != null) {
        ((ByteVector) place.convertShape(VectorOperators.F2B, BYTES, 0)).intoArray(argmax, out + c);
      }
    }
    for (; c < g.channels(); c++) {
      maxOne(g, n, top, left, c, x, y, argmax, out + c);
    }
  }

  private static void maxOne(
      PoolGeometry g,
      int n,
      int top,
      int left,
      int c,
      float[] x,
      float[] y,
      byte[] argmax,
      int out) {
    float best = Float.NEGATIVE_INFINITY;
    int place = -1;
    for (int r = Math.max(0, -top); r < Math.min(g.poolHeight(), g.height() - top); r++) {
      for (int s = Math.max(0, -left); s < Math.min(g.poolWidth(), g.width() - left); s++) {
        float v = x[at(g, n, top + r, left + s) + c];
        if (place < 0 || v > best || (Float.isNaN(v) && !Float.isNaN(best))) {
          best = v;
          place = r * g.poolWidth() + s;
        }
      }
    }
    y[out] = best;
    if (argmax != null) {
      argmax[out] = (byte) place;
    }
  }

  private static int at(PoolGeometry g, int n, int h, int w) {
    return ((n * g.height() + h) * g.width() + w) * g.channels();
  }

  // dx[winner of window] += dy[window]
  static void maxBackward(Workers workers, PoolGeometry g, float[] dy, byte[] argmax, float[] dx) {
    boolean apart = g.strideHeight() >= g.poolHeight();
    int tasks = apart ? g.batch() * g.outHeight() : g.batch();
    int image = g.height() * g.width() * g.channels();
    if (apart) {
      workers.parallelFor(g.batch(), n -> Source.zero(dx, n * image, image));
    }
    workers.parallelFor(
        tasks,
        task -> {
          int n = apart ? task / g.outHeight() : task;
          int first = apart ? task % g.outHeight() : 0;
          int last = apart ? first + 1 : g.outHeight();
          if (!apart) {
            Source.zero(dx, n * image, image);
          }
          for (int p = first; p < last; p++) {
            for (int q = 0; q < g.outWidth(); q++) {
              maxWindowBackward(g, n, p, q, dy, argmax, dx);
            }
          }
        });
  }

  private static void maxWindowBackward(
      PoolGeometry g, int n, int p, int q, float[] dy, byte[] argmax, float[] dx) {
    int top = p * g.strideHeight() - g.padTop();
    int left = q * g.strideWidth() - g.padLeft();
    int out = ((n * g.outHeight() + p) * g.outWidth() + q) * g.channels();
    int c = 0;
    boolean small = BYTE_LANES && g.poolHeight() * g.poolWidth() <= 127; // places as signed bytes
    for (; small && c + L <= g.channels(); c += L) {
      FloatVector grad = FloatVector.fromArray(S, dy, out + c);
      FloatVector place =
          (FloatVector)
              ByteVector.fromArray(BYTES, argmax, out + c).convertShape(VectorOperators.B2F, S, 0);
      for (int r = Math.max(0, -top); r < Math.min(g.poolHeight(), g.height() - top); r++) {
        for (int s = Math.max(0, -left); s < Math.min(g.poolWidth(), g.width() - left); s++) {
          int at = at(g, n, top + r, left + s) + c;
          VectorMask<Float> here = place.compare(VectorOperators.EQ, r * g.poolWidth() + s);
          FloatVector share = FloatVector.zero(S).blend(grad, here);
          FloatVector.fromArray(S, dx, at).add(share).intoArray(dx, at);
        }
      }
    }
    for (; c < g.channels(); c++) {
      int place = argmax[out + c] & 0xFF;
      int at = at(g, n, top + place / g.poolWidth(), left + place % g.poolWidth()) + c;
      dx[at] += dy[out + c];
    }
  }

  static void average(Workers workers, PoolGeometry g, float[] x, float[] y) {
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
  static void averageBackward(Workers workers, PoolGeometry g, float[] dy, float[] dx) {
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

  static void globalAverage(
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
  static void globalAverageBackward(
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
