package io.octnet.compute.simd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.octnet.compute.Compute;
import io.octnet.compute.NormGradients;
import io.octnet.compute.NormMaxPool;
import io.octnet.compute.NormStatistics;
import io.octnet.compute.PoolGeometry;
import io.octnet.compute.ScalarCompute;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;

/** Batch norm, alone and with its neighbours, against the definition, at odd sizes. */
class SimdNormTest {
  private static final Compute SCALAR = new ScalarCompute();
  private static final Compute SIMD = new SimdCompute(2);

  @AfterContainer
  static void stop() {
    SIMD.close();
  }

  @Provide
  Arbitrary<Integer> rows() {
    return Arbitraries.of(1, 2, 3, 7, 31, 257, 1021, 5003);
  }

  @Provide
  Arbitrary<Integer> channels() {
    return Arbitraries.of(1, 3, 8, 13, 16, 32, 37, 64, 100);
  }

  /** Per-channel numbers and data of one batch norm. */
  private record Data(
      int rows,
      int channels,
      float[] x,
      float[] dy,
      float[] mean,
      float[] invStd,
      float[] gamma,
      float[] shift) {
    NormStatistics statistics() {
      return new NormStatistics(mean, invStd, gamma);
    }

    static Data of(int rows, int channels, long seed) {
      Random random = new Random(seed);
      return new Data(
          rows,
          channels,
          normal(rows * channels, random),
          normal(rows * channels, random),
          normal(channels, random),
          positive(channels, random),
          normal(channels, random),
          normal(channels, random));
    }
  }

  private static float[] normal(int n, Random random) {
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private static float[] positive(int n, Random random) {
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = 0.5f + random.nextFloat();
    }
    return values;
  }

  @Property(tries = 150)
  void theSumsAgree(@ForAll("rows") int rows, @ForAll("channels") int channels, @ForAll long seed) {
    Data data = Data.of(rows, channels, seed);
    for (int i = 0; i < data.x.length; i++) {
      data.x[i] += 100; // a mean that would drown the variance
    }
    double[][] sums = new double[2][2 * channels];
    SCALAR.channelSums(rows, channels, data.x, sums[0]);
    SIMD.channelSums(rows, channels, data.x, sums[1]);
    for (int c = 0; c < channels; c++) {
      double mean = sums[0][c] / rows;
      assertThat(sums[1][c]).isCloseTo(sums[0][c], within(1e-6 * rows));
      double variance = sums[0][channels + c] / rows - mean * mean;
      double actual = sums[1][channels + c] / rows - Math.pow(sums[1][c] / rows, 2);
      assertThat(actual).isCloseTo(variance, within(1e-5));
    }
    float[][] columns = new float[2][channels];
    SCALAR.columnSums(rows, channels, data.dy, columns[0]);
    SIMD.columnSums(rows, channels, data.dy, columns[1]);
    assertClose(columns[1], columns[0], Math.sqrt(rows));
  }

  @Property(tries = 150)
  void theForwardPassHasTheSameBits(
      @ForAll("rows") int rows,
      @ForAll("channels") int channels,
      @ForAll boolean relu,
      @ForAll long seed) {
    Data data = Data.of(rows, channels, seed);
    data.x[new Random(seed).nextInt(data.x.length)] = Float.NaN;
    float[][] y = new float[4][rows * channels];
    SCALAR.scaleShift(rows, channels, data.x, data.gamma, data.shift, relu, y[0]);
    SIMD.scaleShift(rows, channels, data.x, data.gamma, data.shift, relu, y[1]);
    SCALAR.biasAdd(rows, channels, data.x, data.shift, relu, y[2]);
    SIMD.biasAdd(rows, channels, data.x, data.shift, relu, y[3]);
    assertThat(y[1]).isEqualTo(y[0]);
    assertThat(y[3]).isEqualTo(y[2]);
  }

  @Property(tries = 150)
  void theBackwardPassAgrees(
      @ForAll("rows") int rows,
      @ForAll("channels") int channels,
      @ForAll boolean mask,
      @ForAll boolean inPlace,
      @ForAll long seed) {
    Data data = Data.of(rows, channels, seed);
    float[][] dx = new float[2][];
    float[][] dGamma = new float[2][channels];
    float[][] dBeta = new float[2][channels];
    for (int i = 0; i < 2; i++) {
      float[] dy = data.dy.clone();
      dx[i] = inPlace ? dy : new float[rows * channels];
      Compute compute = i == 0 ? SCALAR : SIMD;
      NormGradients d = new NormGradients(dGamma[i], dBeta[i], dx[i]);
      if (mask) {
        compute.fused().reluBatchNormBackward(rows, data.statistics(), data.x, dy, d);
      } else {
        compute.batchNormBackward(rows, data.statistics(), data.x, dy, d);
      }
    }
    assertClose(dGamma[1], dGamma[0], Math.sqrt(rows));
    assertClose(dBeta[1], dBeta[0], Math.sqrt(rows));
    assertClose(dx[1], dx[0], 1);
  }

  @Property(tries = 100)
  void theMaskHasTheSameBits(
      @ForAll("rows") int rows, @ForAll("channels") int channels, @ForAll long seed) {
    Data data = Data.of(rows, channels, seed);
    float[] expected = data.dy.clone();
    SCALAR.fused().maskByNorm(rows, channels, data.x, data.gamma, data.shift, expected);
    SIMD.fused().maskByNorm(rows, channels, data.x, data.gamma, data.shift, data.dy);
    assertThat(data.dy).isEqualTo(expected);
  }

  @Property(tries = 100)
  void theGradientBehindAMeanHasTheSameBits(
      @ForAll("rows") int positions,
      @ForAll("channels") int channels,
      @ForAll boolean mask,
      @ForAll long seed) {
    int batch = 3;
    Data data = Data.of(batch * positions, channels, seed);
    float[] offset = normal(batch * channels, new Random(seed + 1));
    float[][] dx = new float[2][data.x.length];
    SCALAR.fused().normMeanBackward(batch, positions, data.x, data.gamma, offset, mask, dx[0]);
    SIMD.fused().normMeanBackward(batch, positions, data.x, data.gamma, offset, mask, dx[1]);
    assertThat(dx[1]).isEqualTo(dx[0]);
    SIMD.fused().normMeanBackward(batch, positions, data.x, data.gamma, offset, mask, data.x);
    assertThat(data.x).isEqualTo(dx[0]);
  }

  @Provide
  Arbitrary<PoolGeometry> geometries() {
    return Combinators.combine(
            Arbitraries.integers().between(1, 3),
            Arbitraries.of(16, 17, 19, 30),
            Arbitraries.of(16, 18, 23, 30),
            Arbitraries.of(1, 3, 8, 13, 16, 40),
            Arbitraries.of(1, 2, 3, 12), // 144 places are no signed bytes
            Arbitraries.integers().between(1, 4),
            Arbitraries.of(true, false))
        .as(
            (n, h, w, c, pool, stride, same) ->
                same
                    ? PoolGeometry.same(n, h, w, c, pool, stride)
                    : PoolGeometry.valid(n, h, w, c, pool, stride));
  }

  @Property(tries = 300)
  void poolingAgrees(
      @ForAll("geometries") PoolGeometry g,
      @ForAll("rates") float rate,
      @ForAll boolean mask,
      @ForAll boolean inPlace,
      @ForAll long seed) {
    Data data = Data.of(g.inputSize() / g.channels(), g.channels(), seed);
    float[] dy = normal(g.outputSize(), new Random(seed + 1));
    float[][] y = new float[2][g.outputSize()];
    byte[][] argmax = new byte[2][g.outputSize()];
    float[][] dx = new float[2][g.inputSize()];
    float[][] dGamma = new float[2][g.channels()];
    float[][] dBeta = new float[2][g.channels()];
    for (int i = 0; i < 2; i++) {
      Compute compute = i == 0 ? SCALAR : SIMD;
      NormMaxPool p = new NormMaxPool(g, data.gamma, data.shift, rate, seed);
      compute.fused().normMaxPool(p, data.x, y[i], argmax[i]);
      float[] x = data.x.clone();
      dx[i] = inPlace ? x : dx[i];
      if (!inPlace) {
        Arrays.fill(dx[i], 7); // nothing of what was there may stay
      }
      NormGradients d = new NormGradients(dGamma[i], dBeta[i], dx[i]);
      compute.fused().normMaxPoolBackward(p, data.statistics(), mask, x, argmax[i], dy, d);
    }
    assertThat(y[1]).isEqualTo(y[0]);
    double terms = Math.sqrt(g.outputSize() / (double) g.channels());
    assertClose(dGamma[1], dGamma[0], terms);
    assertClose(dBeta[1], dBeta[0], terms);
    assertClose(dx[1], dx[0], 4);
  }

  @Provide
  Arbitrary<Float> rates() {
    return Arbitraries.of(0f, 0.2f, 0.5f);
  }

  @Example
  void noNumberPassesThePool() {
    PoolGeometry g = PoolGeometry.valid(1, 4, 4, 16, 2, 2);
    Data data = Data.of(16, 16, 1);
    data.x[5 * 16 + 3] = Float.NaN;
    float[] y = new float[g.outputSize()];
    SIMD.fused().normMaxPool(new NormMaxPool(g, data.gamma, data.shift, 0, 0), data.x, y, null);
    assertThat(y[3]).isNaN();
  }

  @Example
  void windowsOfMoreThan255PlacesAreRefused() {
    PoolGeometry g = PoolGeometry.valid(1, 16, 16, 1, 16, 1);
    float[] one = {1};
    assertThatThrownBy(() -> new NormMaxPool(g, one, one, 0, 0)).hasMessageContaining("255 places");
  }

  @Property(tries = 20)
  void theBitsDoNotDependOnThreads(@ForAll long seed) {
    PoolGeometry g = PoolGeometry.valid(2, 30, 30, 16, 2, 2);
    Data data = Data.of(g.inputSize() / 16, 16, seed);
    float[] dy = normal(g.outputSize(), new Random(seed));
    float[][] dx = new float[2][g.inputSize()];
    float[][] dGamma = new float[2][16];
    for (int i = 0; i < 2; i++) {
      try (Compute compute = new SimdCompute(1 + 2 * i)) {
        byte[] argmax = new byte[dy.length];
        NormMaxPool p = new NormMaxPool(g, data.gamma, data.shift, 0.2f, seed);
        NormGradients d = new NormGradients(dGamma[i], new float[16], dx[i]);
        compute.fused().normMaxPool(p, data.x, new float[dy.length], argmax);
        compute.fused().normMaxPoolBackward(p, data.statistics(), true, data.x, argmax, dy, d);
      }
    }
    assertThat(dx[1]).isEqualTo(dx[0]);
    assertThat(dGamma[1]).isEqualTo(dGamma[0]);
  }

  /** Within a few roundings of the largest, times how the terms of its sum add up. */
  private static void assertClose(float[] actual, float[] expected, double terms) {
    double largest = 1;
    for (float value : expected) {
      largest = Math.max(largest, Math.abs(value));
    }
    for (int i = 0; i < expected.length; i++) {
      assertThat((double) actual[i])
          .isCloseTo(expected[i], within(2e-6 * Math.max(largest, terms)));
    }
  }
}
