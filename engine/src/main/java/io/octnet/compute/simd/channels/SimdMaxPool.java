package io.octnet.compute.simd.channels;

import io.octnet.compute.PoolGeometry;
import io.octnet.compute.simd.convolution.Source;
import io.octnet.compute.simd.kernel.Width;
import io.octnet.compute.simd.threads.Workers;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Max pooling, vectors over channels; a task is a row of the output, or an image where windows
 * overlap. The loop over a window's places is flat, since vectors that live across nested loops are
 * boxed: ten times slower.
 */
public final class SimdMaxPool {
  private static final VectorSpecies<Float> S = Width.SPECIES;
  private static final VectorSpecies<Byte> BYTES =
      S.length() == 16 ? ByteVector.SPECIES_128 : ByteVector.SPECIES_64;
  private static final int L = S.length();

  /** Below 8 lanes no vector of bytes has as few elements. */
  static final boolean BYTE_LANES = BYTES.length() == L;

  private SimdMaxPool() {}

  /** What is done with one window of the output: its places inside the picture, and where. */
  interface Window {
    void visit(int count, int[] offsets, int[] places, int out);
  }

  /**
   * Visits all windows; a task is a row of the output, or an image.
   *
   * @param tasks as many as there are rows of the output, or images
   */
  static void forEachWindow(Workers workers, PoolGeometry g, int tasks, Window window) {
    int rows = g.batch() * g.outHeight() / tasks;
    workers.parallelFor(
        tasks,
        task -> {
          int[] offsets = new int[g.poolHeight() * g.poolWidth()];
          int[] places = new int[offsets.length];
          for (int row = task * rows; row < (task + 1) * rows; row++) {
            for (int q = 0; q < g.outWidth(); q++) {
              int count = window(g, row, q, offsets, places);
              window.visit(count, offsets, places, (row * g.outWidth() + q) * g.channels());
            }
          }
        });
  }

  public static void forward(Workers workers, PoolGeometry g, float[] x, float[] y, byte[] argmax) {
    forEachWindow(
        workers,
        g,
        g.batch() * g.outHeight(),
        (count, offsets, places, out) -> {
          int c = 0;
          if (BYTE_LANES) {
            c = g.channels() / L * L;
            vectors(count, offsets, places, c, x, y, argmax, out);
          }
          for (; c < g.channels(); c++) {
            scalar(count, offsets, places, c, x, y, argmax, out);
          }
        });
  }

  /**
   * The places of a window that lie inside the picture, and where they are; how many.
   *
   * @param row of the output, counted over all images
   */
  static int window(PoolGeometry g, int row, int q, int[] offsets, int[] places) {
    int n = row / g.outHeight();
    int top = row % g.outHeight() * g.strideHeight() - g.padTop();
    int left = q * g.strideWidth() - g.padLeft();
    int count = 0;
    for (int r = Math.max(0, -top); r < Math.min(g.poolHeight(), g.height() - top); r++) {
      for (int s = Math.max(0, -left); s < Math.min(g.poolWidth(), g.width() - left); s++) {
        offsets[count] = SimdPool.at(g, n, top + r, left + s);
        places[count++] = r * g.poolWidth() + s;
      }
    }
    return count;
  }

  /** One window, channels 0..channels-1. */
  private static void vectors(
      int count,
      int[] offsets,
      int[] places,
      int channels,
      float[] x,
      float[] y,
      byte[] argmax,
      int out) {
    for (int c = 0; c < channels; c += L) {
      FloatVector best = FloatVector.fromArray(S, x, offsets[0] + c);
      FloatVector place = FloatVector.broadcast(S, places[0]);
      for (int i = 1; i < count; i++) {
        FloatVector v = FloatVector.fromArray(S, x, offsets[i] + c);
        VectorMask<Float> keeps = // v <= best, or best is NaN, which nothing beats
            v.compare(VectorOperators.LE, best).or(best.compare(VectorOperators.NE, best));
        best = v.blend(best, keeps);
        place = FloatVector.broadcast(S, places[i]).blend(place, keeps);
      }
      best.intoArray(y, out + c);
      if (argmax != null) {
        store(place, argmax, out + c);
      }
    }
  }

  /** The same for one channel. */
  private static void scalar(
      int count, int[] offsets, int[] places, int c, float[] x, float[] y, byte[] argmax, int out) {
    float best = x[offsets[0] + c];
    int place = places[0];
    for (int i = 1; i < count; i++) {
      float v = x[offsets[i] + c];
      if (!(v <= best || Float.isNaN(best))) {
        best = v;
        place = places[i];
      }
    }
    y[out + c] = best;
    if (argmax != null) {
      argmax[out + c] = (byte) place;
    }
  }

  // dx[winner of window] += dy[window]
  public static void backward(
      Workers workers, PoolGeometry g, float[] dy, byte[] argmax, float[] dx) {
    boolean apart = g.strideHeight() >= g.poolHeight() && g.strideWidth() >= g.poolWidth();
    int image = g.height() * g.width() * g.channels();
    if (!isTiled(g)) {
      workers.parallelFor(g.batch(), n -> Source.zero(dx, n * image, image));
    }
    forEachWindow(
        workers,
        g,
        apart ? g.batch() * g.outHeight() : g.batch(),
        (count, offsets, places, out) ->
            windowBackward(g, apart, count, offsets, places, out, dy, argmax, dx));
  }

  /** Whether each pixel belongs to one window, so that every gradient is written exactly once. */
  static boolean isTiled(PoolGeometry g) {
    return g.strideHeight() == g.poolHeight()
        && g.strideWidth() == g.poolWidth()
        && g.padTop() + g.padLeft() == 0
        && g.outHeight() * g.poolHeight() >= g.height()
        && g.outWidth() * g.poolWidth() >= g.width();
  }

  /** Whether places can be read as signed bytes. */
  static boolean hasSignedPlaces(PoolGeometry g) {
    return g.poolHeight() * g.poolWidth() <= 127;
  }

  private static void windowBackward(
      PoolGeometry g,
      boolean apart,
      int count,
      int[] offsets,
      int[] places,
      int out,
      float[] dy,
      byte[] argmax,
      float[] dx) {
    int c = 0;
    if (BYTE_LANES && hasSignedPlaces(g)) {
      c = g.channels() / L * L;
      if (apart) {
        shares(count, offsets, places, c, out, dy, argmax, dx);
      } else {
        addShares(count, offsets, places, c, out, dy, argmax, dx);
      }
    }
    for (; c < g.channels(); c++) {
      for (int i = 0; i < count; i++) {
        float share = places[i] == (argmax[out + c] & 0xFF) ? dy[out + c] : 0;
        dx[offsets[i] + c] = apart ? share : dx[offsets[i] + c] + share;
      }
    }
  }

  /**
   * One window that shares no pixel with another, channels 0..channels-1. Unlike {@link #addShares}
   * it does not read dx.
   */
  private static void shares(
      int count,
      int[] offsets,
      int[] places,
      int channels,
      int out,
      float[] dy,
      byte[] argmax,
      float[] dx) {
    FloatVector zero = FloatVector.zero(S);
    for (int c = 0; c < channels; c += L) {
      FloatVector grad = FloatVector.fromArray(S, dy, out + c);
      FloatVector place = place(argmax, out + c);
      for (int i = 0; i < count; i++) {
        VectorMask<Float> here = place.compare(VectorOperators.EQ, places[i]);
        zero.blend(grad, here).intoArray(dx, offsets[i] + c);
      }
    }
  }

  /** One window among windows that overlap. */
  private static void addShares(
      int count,
      int[] offsets,
      int[] places,
      int channels,
      int out,
      float[] dy,
      byte[] argmax,
      float[] dx) {
    FloatVector zero = FloatVector.zero(S);
    for (int c = 0; c < channels; c += L) {
      FloatVector grad = FloatVector.fromArray(S, dy, out + c);
      FloatVector place = place(argmax, out + c);
      for (int i = 0; i < count; i++) {
        int at = offsets[i] + c;
        VectorMask<Float> here = place.compare(VectorOperators.EQ, places[i]);
        FloatVector.fromArray(S, dx, at).add(zero.blend(grad, here)).intoArray(dx, at);
      }
    }
  }

  static void store(FloatVector place, byte[] argmax, int at) {
    ((ByteVector) place.convertShape(VectorOperators.F2B, BYTES, 0)).intoArray(argmax, at);
  }

  static FloatVector place(byte[] argmax, int at) {
    return (FloatVector)
        ByteVector.fromArray(BYTES, argmax, at).convertShape(VectorOperators.B2F, S, 0);
  }
}
