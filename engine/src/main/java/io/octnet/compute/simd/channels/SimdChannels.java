package io.octnet.compute.simd.channels;

import io.octnet.compute.simd.kernel.Width;
import io.octnet.compute.simd.threads.Workers;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Work per channel on (rows, C) at memory speed. Sums are short float sums that are emptied into
 * doubles, tasks follow from the shape, and their results are added in order.
 */
public final class SimdChannels {
  private static final VectorSpecies<Float> S = Width.SPECIES;
  private static final int L = S.length();

  /** Periods added in float before the sum is emptied into a double. */
  static final int SHORT_SUM = 32;

  private SimdChannels() {}

  /** Adds one period of the data, from element {@code at}, to the two running sums. */
  interface Sums {
    void add(int at, float[] first, float[] second);
  }

  public static void scaleShift(
      Workers workers,
      int rows,
      int channels,
      float[] x,
      float[] scale,
      float[] shift,
      boolean relu,
      float[] y) {
    Tiling tiling = Tiling.of(channels);
    float[] a = tiling.tile(scale);
    float[] b = tiling.tile(shift);
    float least = relu ? 0 : Float.NEGATIVE_INFINITY;
    int size = rows * channels;
    workers.parallelFor(
        tiling.tasks(size),
        task -> {
          int end = Math.min(size, (task + 1) * tiling.step());
          scaleShiftRange(task * tiling.step(), end, tiling.period(), x, a, b, least, y);
        });
  }

  private static void scaleShiftRange(
      int from, int end, int period, float[] x, float[] a, float[] b, float least, float[] y) {
    FloatVector floor = FloatVector.broadcast(S, least);
    int at = from;
    for (; at + period <= end; at += period) {
      for (int j = 0; j < period; j += L) {
        FloatVector slope = FloatVector.fromArray(S, a, j);
        FloatVector v =
            FloatVector.fromArray(S, x, at + j).fma(slope, FloatVector.fromArray(S, b, j));
        Width.atLeast(floor, v).intoArray(y, at + j);
      }
    }
    for (int j = 0; at + j < end; j++) {
      y[at + j] = Math.max(Math.fma(a[j], x[at + j], b[j]), least);
    }
  }

  /**
   * Sum and sum of squares. They are taken of {@code x - pivot}, pivot being the mean of a few
   * rows, and converted in double, so that a large mean does not drown a small variance.
   */
  public static void sums(Workers workers, int rows, int channels, float[] x, double[] sums) {
    Tiling tiling = Tiling.of(channels);
    float[] centre = roughMean(rows, channels, x);
    float[] pivot = tiling.tile(centre);
    double[] shifted = new double[2 * channels];
    total(
        workers,
        tiling,
        rows,
        (at, first, second) -> addShifted(x, at, pivot, first, second),
        (i, out) -> {
          float d = x[i] - centre[i % channels];
          out[i % channels] += d;
          out[channels + i % channels] += (double) d * d;
        },
        shifted);
    for (int c = 0; c < channels; c++) {
      double p = centre[c];
      sums[c] = shifted[c] + rows * p;
      sums[channels + c] = shifted[channels + c] + 2 * p * shifted[c] + rows * p * p;
    }
  }

  /** The mean of at most 16 rows, evenly spread. */
  private static float[] roughMean(int rows, int channels, float[] x) {
    float[] mean = new float[channels];
    int taken = Math.min(rows, 16);
    for (int i = 0; i < taken; i++) {
      int row = (int) ((long) rows * i / taken);
      for (int c = 0; c < channels; c++) {
        mean[c] += x[row * channels + c] / taken;
      }
    }
    return mean;
  }

  private static void addShifted(float[] x, int at, float[] pivot, float[] first, float[] second) {
    for (int j = 0; j < pivot.length; j += L) {
      FloatVector d = FloatVector.fromArray(S, x, at + j).sub(FloatVector.fromArray(S, pivot, j));
      FloatVector.fromArray(S, first, j).add(d).intoArray(first, j);
      d.fma(d, FloatVector.fromArray(S, second, j)).intoArray(second, j);
    }
  }

  public static void columnSums(
      Workers workers, int rows, int channels, float[] x, float[] mask, float[] y) {
    Tiling tiling = Tiling.of(channels);
    double[] sums = new double[2 * channels];
    total(
        workers,
        tiling,
        rows,
        (at, first, second) -> addMasked(x, mask, at, first),
        (i, out) -> out[i % channels] += mask == null || mask[i] > 0 ? x[i] : 0,
        sums);
    for (int c = 0; c < channels; c++) {
      y[c] = (float) sums[c];
    }
  }

  private static void addMasked(float[] x, float[] mask, int at, float[] first) {
    for (int j = 0; j < first.length; j += L) {
      FloatVector v = FloatVector.fromArray(S, x, at + j);
      if (mask != null) {
        VectorMask<Float> open =
            FloatVector.fromArray(S, mask, at + j).compare(VectorOperators.GT, 0);
        v = FloatVector.zero(S).blend(v, open);
      }
      FloatVector.fromArray(S, first, j).add(v).intoArray(first, j);
    }
  }

  /** Adds one element that no whole period covers. */
  interface Element {
    void add(int i, double[] out);
  }

  /** Two sums per channel over all rows, added to {@code out}: 2 C. */
  static void total(
      Workers workers, Tiling tiling, int rows, Sums sums, Element element, double[] out) {
    int channels = tiling.channels();
    int size = rows * channels;
    double[][] partials = new double[tiling.tasks(size)][];
    workers.parallelFor(
        partials.length,
        task -> {
          int end = Math.min(size, (task + 1) * tiling.step());
          partials[task] = partial(tiling, task * tiling.step(), end, sums, element);
        });
    for (double[] partial : partials) {
      for (int i = 0; i < 2 * channels; i++) {
        out[i] += partial[i];
      }
    }
  }

  private static double[] partial(Tiling tiling, int from, int end, Sums sums, Element element) {
    int period = tiling.period();
    double[] out = new double[2 * tiling.channels()];
    float[] first = new float[period];
    float[] second = new float[period];
    int at = from;
    while (at + period <= end) {
      int stop = Math.min(end, at + SHORT_SUM * period);
      for (; at + period <= stop; at += period) {
        sums.add(at, first, second);
      }
      empty(first, out, 0, tiling.channels());
      empty(second, out, tiling.channels(), tiling.channels());
    }
    for (; at < end; at++) {
      element.add(at, out);
    }
    return out;
  }

  static void empty(float[] sums, double[] out, int at, int channels) {
    for (int j = 0; j < sums.length; j++) {
      out[at + j % channels] += sums[j];
      sums[j] = 0;
    }
  }
}
