package io.octnet.compute.simd.channels;

import io.octnet.compute.NormGradients;
import io.octnet.compute.NormStatistics;
import io.octnet.compute.simd.kernel.Width;
import io.octnet.compute.simd.threads.Workers;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Backward of batch norm, alone and with what surrounds it, on (rows, C) at memory speed. */
public final class SimdNorm {
  private static final VectorSpecies<Float> S = Width.SPECIES;
  private static final int L = S.length();

  private SimdNorm() {}

  // dx = gamma * invStd * (dy - mean(dy) - xhat * mean(dy * xhat)), xhat = (x - mean) * invStd
  public static void backward(
      Workers workers,
      int rows,
      NormStatistics s,
      float[] x,
      float[] dy,
      boolean afterRelu,
      NormGradients d) {
    int channels = s.channels();
    float[] mean = s.mean();
    Tiling tiling = Tiling.of(channels);
    float[] centre = tiling.tile(mean);
    double[] sums = new double[2 * channels];
    SimdChannels.total(
        workers,
        tiling,
        rows,
        (at, first, second) -> addProducts(x, dy, at, centre, first, second),
        (i, out) -> {
          out[i % channels] += dy[i];
          out[channels + i % channels] += (double) dy[i] * (x[i] - mean[i % channels]);
        },
        sums);
    NormGradient perChannel = NormGradient.of(sums, rows, s, d);
    if (d.dx() == null) {
      return;
    }
    NormGradient tiled = perChannel.tile(tiling);
    int size = rows * channels;
    workers.parallelFor(
        tiling.tasks(size),
        task -> {
          int end = Math.min(size, (task + 1) * tiling.step());
          gradient(task * tiling.step(), end, tiling.period(), x, dy, tiled, afterRelu, d.dx());
        });
  }

  private static void addProducts(
      float[] x, float[] dy, int at, float[] centre, float[] first, float[] second) {
    for (int j = 0; j < centre.length; j += L) {
      FloatVector g = FloatVector.fromArray(S, dy, at + j);
      FloatVector d = FloatVector.fromArray(S, x, at + j).sub(FloatVector.fromArray(S, centre, j));
      FloatVector.fromArray(S, first, j).add(g).intoArray(first, j);
      g.fma(d, FloatVector.fromArray(S, second, j)).intoArray(second, j);
    }
  }

  private static void gradient(
      int from,
      int end,
      int period,
      float[] x,
      float[] dy,
      NormGradient norm,
      boolean afterRelu,
      float[] dx) {
    float[] centre = norm.centre();
    float[] s = norm.slope();
    float[] d = norm.centred();
    float[] k = norm.meanDy();
    FloatVector zero = FloatVector.zero(S);
    int at = from;
    for (; at + period <= end; at += period) {
      for (int j = 0; j < period; j += L) {
        FloatVector value = FloatVector.fromArray(S, x, at + j);
        FloatVector g = FloatVector.fromArray(S, dy, at + j);
        FloatVector t = value.sub(FloatVector.fromArray(S, centre, j));
        g =
            g.sub(FloatVector.fromArray(S, k, j))
                .fma(FloatVector.fromArray(S, s, j), t.mul(FloatVector.fromArray(S, d, j)));
        if (afterRelu) {
          g = zero.blend(g, value.compare(VectorOperators.GT, 0));
        }
        g.intoArray(dx, at + j);
      }
    }
    for (int j = 0; at + j < end; j++) {
      float value = Math.fma(dy[at + j] - k[j], s[j], (x[at + j] - centre[j]) * d[j]);
      dx[at + j] = afterRelu && !(x[at + j] > 0) ? 0 : value;
    }
  }

  public static void maskByNorm(
      Workers workers,
      int rows,
      int channels,
      float[] x,
      float[] scale,
      float[] shift,
      float[] dy) {
    Tiling tiling = Tiling.of(channels);
    float[] a = tiling.tile(scale);
    float[] b = tiling.tile(shift);
    int size = rows * channels;
    workers.parallelFor(
        tiling.tasks(size),
        task -> {
          int end = Math.min(size, (task + 1) * tiling.step());
          mask(task * tiling.step(), end, tiling.period(), x, a, b, dy);
        });
  }

  private static void mask(
      int from, int end, int period, float[] x, float[] a, float[] b, float[] dy) {
    FloatVector zero = FloatVector.zero(S);
    int at = from;
    for (; at + period <= end; at += period) {
      for (int j = 0; j < period; j += L) {
        FloatVector z =
            FloatVector.fromArray(S, x, at + j)
                .fma(FloatVector.fromArray(S, a, j), FloatVector.fromArray(S, b, j));
        zero.blend(FloatVector.fromArray(S, dy, at + j), z.compare(VectorOperators.GT, 0))
            .intoArray(dy, at + j);
      }
    }
    for (int j = 0; at + j < end; j++) {
      dy[at + j] = Math.fma(a[j], x[at + j], b[j]) > 0 ? dy[at + j] : 0;
    }
  }

  // dx = slope * x + offset of the image
  public static void meanBackward(
      Workers workers,
      int batch,
      int positions,
      float[] x,
      float[] slope,
      float[] offset,
      boolean afterRelu,
      float[] dx) {
    int channels = slope.length;
    Tiling tiling = Tiling.of(channels);
    float[] a = tiling.tile(slope);
    int size = positions * channels;
    int perImage = tiling.tasks(size);
    workers.parallelFor(
        batch * perImage,
        task -> {
          int image = task / perImage;
          int from = task % perImage * tiling.step();
          int end = Math.min(size, from + tiling.step());
          float[] b = new float[tiling.period()];
          for (int j = 0; j < b.length; j++) {
            b[j] = offset[image * channels + j % channels];
          }
          int first = image * size;
          line(first + from, first + end, tiling.period(), x, a, b, afterRelu, dx);
        });
  }

  private static void line(
      int from,
      int end,
      int period,
      float[] x,
      float[] a,
      float[] b,
      boolean afterRelu,
      float[] dx) {
    FloatVector zero = FloatVector.zero(S);
    int at = from;
    for (; at + period <= end; at += period) {
      for (int j = 0; j < period; j += L) {
        FloatVector value = FloatVector.fromArray(S, x, at + j);
        FloatVector g = value.fma(FloatVector.fromArray(S, a, j), FloatVector.fromArray(S, b, j));
        if (afterRelu) {
          g = zero.blend(g, value.compare(VectorOperators.GT, 0));
        }
        g.intoArray(dx, at + j);
      }
    }
    for (int j = 0; at + j < end; j++) {
      float value = Math.fma(a[j], x[at + j], b[j]);
      dx[at + j] = afterRelu && !(x[at + j] > 0) ? 0 : value;
    }
  }
}
