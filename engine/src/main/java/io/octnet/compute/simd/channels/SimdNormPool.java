package io.octnet.compute.simd.channels;

import io.octnet.compute.NormGradients;
import io.octnet.compute.NormMaxPool;
import io.octnet.compute.NormStatistics;
import io.octnet.compute.PoolGeometry;
import io.octnet.compute.simd.kernel.Width;
import io.octnet.compute.simd.threads.Workers;
import io.octnet.random.RandomStream;
import io.octnet.tensor.BufferPool;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Batch norm, max pooling and dropout in one pass over memory forward, two backward: as {@link
 * SimdMaxPool}, with the norm computed on what is read. Backward is fused where each pixel belongs
 * to one window.
 */
public final class SimdNormPool {
  private static final VectorSpecies<Float> S = Width.SPECIES;
  private static final int L = S.length();

  /** In place of a winner's place in its window: what dropout dropped. */
  static final byte DROPPED = -1;

  private SimdNormPool() {}

  public static void forward(Workers workers, NormMaxPool p, float[] x, float[] y, byte[] argmax) {
    PoolGeometry g = p.geometry();
    float[] scale = p.scale();
    float[] shift = p.shift();
    float rate = p.rate();
    long seed = p.seed();
    SimdMaxPool.forEachWindow(
        workers,
        g,
        g.batch() * g.outHeight(),
        (count, offsets, places, out) -> {
          int c = 0;
          if (SimdMaxPool.BYTE_LANES) {
            c = g.channels() / L * L;
            vectors(count, offsets, places, c, x, scale, shift, rate, seed, y, argmax, out);
          }
          for (; c < g.channels(); c++) {
            scalar(count, offsets, places, c, x, scale, shift, rate, seed, y, argmax, out);
          }
        });
  }

  /** One window, channels 0..channels-1. */
  private static void vectors(
      int count,
      int[] offsets,
      int[] places,
      int channels,
      float[] x,
      float[] scale,
      float[] shift,
      float rate,
      long seed,
      float[] y,
      byte[] argmax,
      int out) {
    float factor = 1 / (1 - rate);
    long least = SimdElementwise.leastKept(rate);
    for (int c = 0; c < channels; c += L) {
      FloatVector a = FloatVector.fromArray(S, scale, c);
      FloatVector b = FloatVector.fromArray(S, shift, c);
      FloatVector best = FloatVector.fromArray(S, x, offsets[0] + c).fma(a, b);
      FloatVector place = FloatVector.broadcast(S, places[0]);
      for (int i = 1; i < count; i++) {
        FloatVector v = FloatVector.fromArray(S, x, offsets[i] + c).fma(a, b);
        VectorMask<Float> keeps = // v <= best, or best is NaN, which nothing beats
            v.compare(VectorOperators.LE, best).or(best.compare(VectorOperators.NE, best));
        best = v.blend(best, keeps);
        place = FloatVector.broadcast(S, places[i]).blend(place, keeps);
      }
      if (rate > 0) {
        VectorMask<Float> kept = VectorMask.fromLong(S, SimdElementwise.kept(seed, out + c, least));
        best = FloatVector.zero(S).blend(best.mul(factor), kept);
        place = FloatVector.broadcast(S, DROPPED).blend(place, kept);
      }
      best.intoArray(y, out + c);
      if (argmax != null) {
        SimdMaxPool.store(place, argmax, out + c);
      }
    }
  }

  /** The same for one channel. */
  private static void scalar(
      int count,
      int[] offsets,
      int[] places,
      int c,
      float[] x,
      float[] scale,
      float[] shift,
      float rate,
      long seed,
      float[] y,
      byte[] argmax,
      int out) {
    float best = Math.fma(scale[c], x[offsets[0] + c], shift[c]);
    int place = places[0];
    for (int i = 1; i < count; i++) {
      float v = Math.fma(scale[c], x[offsets[i] + c], shift[c]);
      if (!(v <= best || Float.isNaN(best))) {
        best = v;
        place = places[i];
      }
    }
    boolean kept = RandomStream.uniform(seed, out + c) >= rate;
    y[out + c] = kept ? best * (1 / (1 - rate)) : 0;
    if (argmax != null) {
      argmax[out + c] = kept ? (byte) place : DROPPED;
    }
  }

  // dz[winner of window] += dy[window] / (1 - rate) where kept, then the rule of a norm
  public static void backward(
      Workers workers,
      BufferPool pool,
      NormMaxPool p,
      NormStatistics s,
      boolean afterRelu,
      float[] x,
      byte[] argmax,
      float[] dy,
      NormGradients d) {
    PoolGeometry g = p.geometry();
    int rows = g.inputSize() / g.channels();
    float factor = 1 / (1 - p.rate());
    float[] dx = d.dx();
    boolean whole = SimdMaxPool.BYTE_LANES && g.channels() % L == 0;
    if (!whole || !SimdMaxPool.isTiled(g) || !SimdMaxPool.hasSignedPlaces(g)) {
      float[] kept = pool.acquire(g.outputSize()); // a place that was dropped wins nothing
      SimdElementwise.ranges(
          workers, g.outputSize(), (from, to) -> SimdElementwise.scale(from, to, factor, dy, kept));
      float[] dz = dx == x ? pool.acquire(g.inputSize()) : dx;
      SimdMaxPool.backward(workers, g, kept, argmax, dz);
      SimdNorm.backward(workers, rows, s, x, dz, afterRelu, d);
      pool.release(kept);
      if (dz != dx) {
        pool.release(dz);
      }
      return;
    }
    double[] sums = sums(workers, g, x, dy, argmax, factor, s.mean());
    NormGradient norm = NormGradient.of(sums, rows, s, d);
    SimdMaxPool.forEachWindow(
        workers,
        g,
        g.batch() * g.outHeight(),
        (count, offsets, places, out) ->
            gradient(count, offsets, places, out, x, dy, argmax, factor, norm, afterRelu, dx));
  }

  /** Of dz, and of {@code dz * (x - mean)}: only winners have a dz. */
  private static double[] sums(
      Workers workers,
      PoolGeometry g,
      float[] x,
      float[] dy,
      byte[] argmax,
      float factor,
      float[] mean) {
    int channels = g.channels();
    double[][] partials = new double[g.batch() * g.outHeight()][2 * channels];
    workers.parallelFor(
        partials.length,
        task -> {
          int[] offsets = new int[g.poolHeight() * g.poolWidth()];
          int[] places = new int[offsets.length];
          float[] first = new float[channels];
          float[] second = new float[channels];
          for (int q = 0; q < g.outWidth(); q++) {
            int count = SimdMaxPool.window(g, task, q, offsets, places);
            int out = (task * g.outWidth() + q) * channels;
            addWindow(count, offsets, places, out, x, dy, argmax, factor, mean, first, second);
            if (q % SimdChannels.SHORT_SUM == SimdChannels.SHORT_SUM - 1 || q == g.outWidth() - 1) {
              SimdChannels.empty(first, partials[task], 0, channels);
              SimdChannels.empty(second, partials[task], channels, channels);
            }
          }
        });
    double[] sums = new double[2 * channels];
    for (double[] partial : partials) {
      Arrays.setAll(sums, i -> sums[i] + partial[i]);
    }
    return sums;
  }

  private static void addWindow(
      int count,
      int[] offsets,
      int[] places,
      int out,
      float[] x,
      float[] dy,
      byte[] argmax,
      float factor,
      float[] mean,
      float[] first,
      float[] second) {
    FloatVector zero = FloatVector.zero(S);
    for (int c = 0; c < mean.length; c += L) {
      FloatVector place = SimdMaxPool.place(argmax, out + c);
      FloatVector winner = FloatVector.fromArray(S, x, offsets[0] + c);
      for (int i = 1; i < count; i++) {
        winner =
            winner.blend(
                FloatVector.fromArray(S, x, offsets[i] + c),
                place.compare(VectorOperators.EQ, places[i]));
      }
      FloatVector grad = FloatVector.fromArray(S, dy, out + c).mul(factor);
      grad = zero.blend(grad, place.compare(VectorOperators.GE, 0));
      FloatVector d = winner.sub(FloatVector.fromArray(S, mean, c));
      FloatVector.fromArray(S, first, c).add(grad).intoArray(first, c);
      grad.fma(d, FloatVector.fromArray(S, second, c)).intoArray(second, c);
    }
  }

  private static void gradient(
      int count,
      int[] offsets,
      int[] places,
      int out,
      float[] x,
      float[] dy,
      byte[] argmax,
      float factor,
      NormGradient norm,
      boolean afterRelu,
      float[] dx) {
    FloatVector zero = FloatVector.zero(S);
    for (int c = 0; c < norm.slope().length; c += L) {
      FloatVector place = SimdMaxPool.place(argmax, out + c);
      FloatVector grad = FloatVector.fromArray(S, dy, out + c).mul(factor);
      FloatVector centre = FloatVector.fromArray(S, norm.centre(), c);
      FloatVector slope = FloatVector.fromArray(S, norm.slope(), c);
      FloatVector centred = FloatVector.fromArray(S, norm.centred(), c);
      FloatVector meanDy = FloatVector.fromArray(S, norm.meanDy(), c);
      for (int i = 0; i < count; i++) {
        FloatVector value = FloatVector.fromArray(S, x, offsets[i] + c);
        FloatVector dz = zero.blend(grad, place.compare(VectorOperators.EQ, places[i]));
        FloatVector d = dz.sub(meanDy).fma(slope, value.sub(centre).mul(centred));
        if (afterRelu) {
          d = zero.blend(d, value.compare(VectorOperators.GT, 0));
        }
        d.intoArray(dx, offsets[i] + c);
      }
    }
  }
}
