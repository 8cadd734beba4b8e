package io.octnet.compute.simd.channels;

import io.octnet.compute.Unary;
import io.octnet.compute.simd.kernel.Width;
import io.octnet.compute.simd.threads.Workers;
import io.octnet.random.RandomStream;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Elementwise functions on ranges of an array, at memory speed. Sigmoid and tanh go through
 * StrictMath-like scalar code of the definition, since no network here spends time in them.
 */
public final class SimdElementwise {
  private static final VectorSpecies<Float> S = Width.SPECIES;
  private static final VectorSpecies<Long> LONGS = VectorSpecies.of(long.class, S.vectorShape());
  private static final int L = S.length();
  private static final int TASK = 1 << 14;

  /** Elements of a call: many short calls are compiled soon, one long loop is not. */
  private static final int PIECE = 1 << 11;

  private static final int SHORT_SUM = 64;

  private SimdElementwise() {}

  /** Work on elements {@code from..to-1}. */
  public interface Range {
    void run(int from, int to);
  }

  /** Cuts n elements into tasks of one size. */
  public static void ranges(Workers workers, int n, Range range) {
    workers.parallelFor(
        (n + TASK - 1) / TASK,
        task -> {
          int end = Math.min(n, (task + 1) * TASK);
          for (int at = task * TASK; at < end; at += PIECE) {
            range.run(at, Math.min(end, at + PIECE));
          }
        });
  }

  public static void unary(Unary f, float parameter, int from, int to, float[] x, float[] y) {
    if (f == Unary.SCALE) {
      scale(from, to, parameter, x, y);
      return;
    }
    int i = from;
    if (f == Unary.RELU || f == Unary.LEAKY_RELU) {
      float slope = f == Unary.RELU ? 0 : parameter;
      for (; i + L <= to; i += L) {
        FloatVector v = FloatVector.fromArray(S, x, i);
        FloatVector low = f == Unary.RELU ? v.max(0) : v.mul(slope);
        (f == Unary.RELU ? low : low.blend(v, v.compare(VectorOperators.GT, 0))).intoArray(y, i);
      }
    }
    for (; i < to; i++) {
      y[i] =
          switch (f) {
            case RELU -> Math.max(x[i], 0);
            case LEAKY_RELU -> x[i] > 0 ? x[i] : parameter * x[i];
            case SIGMOID -> (float) (1 / (1 + Math.exp(-x[i])));
            case TANH -> (float) Math.tanh(x[i]);
            case SCALE -> parameter * x[i];
          };
    }
  }

  public static void unaryBackward(
      Unary f, float parameter, int from, int to, float[] x, float[] y, float[] dy, float[] dx) {
    int i = from;
    float[] sign = f == Unary.LEAKY_RELU ? x : y;
    if (f == Unary.RELU || f == Unary.LEAKY_RELU) {
      float slope = f == Unary.RELU ? 0 : parameter;
      for (; i + L <= to; i += L) {
        FloatVector g = FloatVector.fromArray(S, dy, i);
        VectorMask<Float> open = FloatVector.fromArray(S, sign, i).compare(VectorOperators.GT, 0);
        FloatVector closed = f == Unary.RELU ? FloatVector.zero(S) : g.mul(slope);
        closed.blend(g, open).intoArray(dx, i);
      }
    }
    for (; i < to; i++) {
      dx[i] =
          switch (f) {
            case RELU -> y[i] > 0 ? dy[i] : 0;
            case LEAKY_RELU -> x[i] > 0 ? dy[i] : parameter * dy[i];
            case SIGMOID -> dy[i] * y[i] * (1 - y[i]);
            case TANH -> dy[i] * (1 - y[i] * y[i]);
            case SCALE -> parameter * dy[i];
          };
    }
  }

  public static void add(int from, int to, float[] x, float[] y, float[] z) {
    int i = from;
    for (; i + L <= to; i += L) {
      FloatVector.fromArray(S, x, i).add(FloatVector.fromArray(S, y, i)).intoArray(z, i);
    }
    for (; i < to; i++) {
      z[i] = x[i] + y[i];
    }
  }

  public static void multiply(int from, int to, float[] x, float[] y, float[] z) {
    int i = from;
    for (; i + L <= to; i += L) {
      FloatVector.fromArray(S, x, i).mul(FloatVector.fromArray(S, y, i)).intoArray(z, i);
    }
    for (; i < to; i++) {
      z[i] = x[i] * y[i];
    }
  }

  public static void axpy(int from, int to, float a, float[] x, float[] y) {
    int i = from;
    for (; i + L <= to; i += L) {
      FloatVector.fromArray(S, y, i).add(FloatVector.fromArray(S, x, i).mul(a)).intoArray(y, i);
    }
    for (; i < to; i++) {
      y[i] += a * x[i];
    }
  }

  static void scale(int from, int to, float a, float[] x, float[] y) {
    int i = from;
    for (; i + L <= to; i += L) {
      FloatVector.fromArray(S, x, i).mul(a).intoArray(y, i);
    }
    for (; i < to; i++) {
      y[i] = a * x[i];
    }
  }

  /** Sum, or sum of squares, of a range: short float sums, emptied into a double. */
  public static double sum(int from, int to, boolean squares, float[] x) {
    double total = 0;
    int i = from;
    while (i + L <= to) {
      FloatVector part = FloatVector.zero(S);
      int stop = Math.min(to, i + SHORT_SUM * L);
      for (; i + L <= stop; i += L) {
        FloatVector v = FloatVector.fromArray(S, x, i);
        part = squares ? v.fma(v, part) : part.add(v);
      }
      total += lanesInOrder(part);
    }
    for (; i < to; i++) {
      total += squares ? (double) x[i] * x[i] : x[i];
    }
    return total;
  }

  private static double lanesInOrder(FloatVector v) {
    double sum = 0;
    for (float lane : v.toArray()) {
      sum += lane;
    }
    return sum;
  }

  /**
   * The mask comes from {@link RandomStream#uniform}'s hash, computed on vectors of longs: the same
   * bits.
   */
  public static void dropout(int from, int to, float rate, long seed, float[] x, float[] y) {
    float scale = 1 / (1 - rate);
    long least = leastKept(rate);
    int i = from;
    for (; i + L <= to; i += L) {
      VectorMask<Float> kept = VectorMask.fromLong(S, kept(seed, i, least));
      FloatVector.zero(S).blend(FloatVector.fromArray(S, x, i).mul(scale), kept).intoArray(y, i);
    }
    for (; i < to; i++) {
      y[i] = RandomStream.uniform(seed, i) >= rate ? x[i] * scale : 0;
    }
  }

  private static final long GAMMA = 0x9E3779B97F4A7C15L;
  private static final LongVector STEPS = LongVector.zero(LONGS).addIndex(1).mul(GAMMA);

  /** The least of a uniform number's 24 bits that is kept: {@code uniform >= rate}. */
  static long leastKept(float rate) {
    return (long) Math.ceil((double) rate * (1 << 24));
  }

  /** One bit for each of the elements i.. of a vector of floats. */
  static long kept(long seed, long i, long least) {
    int half = LONGS.length();
    long low = keep(seed + (i + 1) * GAMMA, least);
    long high = keep(seed + (i + 1 + half) * GAMMA, least);
    return low | high << half;
  }

  private static long keep(long first, long least) {
    LongVector z = STEPS.add(first);
    z =
        z.lanewise(VectorOperators.XOR, z.lanewise(VectorOperators.LSHR, 30))
            .mul(0xBF58476D1CE4E5B9L);
    z =
        z.lanewise(VectorOperators.XOR, z.lanewise(VectorOperators.LSHR, 27))
            .mul(0x94D049BB133111EBL);
    z = z.lanewise(VectorOperators.XOR, z.lanewise(VectorOperators.LSHR, 31));
    return z.lanewise(VectorOperators.LSHR, 40).compare(VectorOperators.GE, least).toLong();
  }

  public static void adam(
      int from,
      int to,
      float rate,
      float oneMinusBeta1,
      float oneMinusBeta2,
      float epsilon,
      float[] g,
      float[] m,
      float[] v,
      float[] w) {
    int i = from;
    for (; i + L <= to; i += L) {
      FloatVector grad = FloatVector.fromArray(S, g, i);
      FloatVector first = FloatVector.fromArray(S, m, i);
      FloatVector second = FloatVector.fromArray(S, v, i);
      first = first.add(grad.sub(first).mul(oneMinusBeta1));
      second = second.add(grad.mul(grad).sub(second).mul(oneMinusBeta2));
      first.intoArray(m, i);
      second.intoArray(v, i);
      FloatVector step = first.mul(rate).div(second.sqrt().add(epsilon));
      FloatVector.fromArray(S, w, i).sub(step).intoArray(w, i);
    }
    for (; i < to; i++) {
      m[i] += (g[i] - m[i]) * oneMinusBeta1;
      v[i] += (g[i] * g[i] - v[i]) * oneMinusBeta2;
      w[i] -= rate * m[i] / ((float) Math.sqrt(v[i]) + epsilon);
    }
  }
}
