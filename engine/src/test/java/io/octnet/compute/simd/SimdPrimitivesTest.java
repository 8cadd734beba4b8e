package io.octnet.compute.simd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.octnet.compute.Compute;
import io.octnet.compute.ScalarCompute;
import io.octnet.compute.Unary;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;

/**
 * Elementwise functions, sums, softmax, Adam and gemm against the definition, at odd sizes. What
 * rounds once per element has the same bits; a NaN that goes in comes out.
 */
class SimdPrimitivesTest {
  private static final Compute SCALAR = new ScalarCompute();
  private static final Compute SIMD = new SimdCompute(2);

  @AfterContainer
  static void stop() {
    SIMD.close();
  }

  @Provide
  Arbitrary<Integer> lengths() {
    return Arbitraries.of(1, 3, 7, 13, 17, 31, 1021, 2048, 16385, 70_001);
  }

  @Provide
  Arbitrary<Integer> sizes() {
    return Arbitraries.of(1, 2, 3, 5, 6, 7, 13, 16, 17, 31, 48, 100);
  }

  /** Normal numbers, one of them none. */
  private static float[] numbers(int n, long seed) {
    float[] values = finite(n, seed);
    values[new Random(seed).nextInt(n)] = Float.NaN;
    return values;
  }

  private static float[] finite(int n, long seed) {
    Random random = new Random(seed);
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  /** Something computed on one back-end, and the array that it filled. */
  private interface Work {
    float[] on(Compute compute);
  }

  private static void assertSameBits(Work work) {
    assertThat(work.on(SIMD)).isEqualTo(work.on(SCALAR));
  }

  private static void assertClose(double tolerance, Work work) {
    float[] actual = work.on(SIMD);
    float[] expected = work.on(SCALAR);
    for (int i = 0; i < expected.length; i++) {
      if (Float.isNaN(expected[i])) {
        assertThat(actual[i]).isNaN();
      } else {
        assertThat((double) actual[i]).isCloseTo(expected[i], within(tolerance));
      }
    }
  }

  @Property(tries = 100)
  void elementwiseFunctions(
      @ForAll("lengths") int n, @ForAll Unary f, @ForAll boolean inPlace, @ForAll long seed) {
    float slope = 0.125f;
    assertSameBits(
        compute -> {
          float[] x = numbers(n, seed);
          float[] y = inPlace ? x : new float[n];
          compute.unary(f, slope, n, x, y);
          return y;
        });
    assertSameBits(
        compute -> {
          float[] x = finite(n, seed);
          float[] y = new float[n];
          float[] dy = numbers(n, seed + 1);
          float[] dx = inPlace ? dy : new float[n];
          compute.unary(f, slope, n, x, y);
          compute.unaryBackward(f, slope, n, x, y, dy, dx);
          return dx;
        });
  }

  @Property(tries = 100)
  void arithmetic(@ForAll("lengths") int n, @ForAll long seed) {
    float[] x = numbers(n, seed);
    float[] y = numbers(n, seed + 1);
    assertSameBits(
        compute -> {
          float[] z = new float[n];
          compute.add(n, x, y, z);
          compute.multiply(n, z, y, z);
          compute.axpy(n, 0.3f, x, z);
          compute.scale(n, -1.7f, z, z);
          return z;
        });
  }

  @Property(tries = 100)
  void sums(@ForAll("lengths") int n, @ForAll long seed) {
    float[] x = finite(n, seed);
    double root = Math.sqrt(n);
    assertThat(SIMD.sum(n, x)).isCloseTo(SCALAR.sum(n, x), within(1e-6 * root));
    assertThat(SIMD.sumOfSquares(n, x)).isCloseTo(SCALAR.sumOfSquares(n, x), within(1e-6 * n));
    float[] broken = numbers(n, seed);
    assertThat(SIMD.sum(n, broken)).isNaN();
    assertThat(SIMD.sumOfSquares(n, broken)).isNaN();
  }

  @Property(tries = 100)
  void dropout(@ForAll("lengths") int n, @ForAll("rates") float rate, @ForAll long seed) {
    float[] x = numbers(n, seed);
    assertSameBits(
        compute -> {
          float[] y = new float[n];
          compute.dropout(n, rate, seed, x, y);
          return y;
        });
  }

  @Provide
  Arbitrary<Float> rates() {
    return Arbitraries.of(0f, 0.1f, 0.5f, 0.9f);
  }

  @Property(tries = 100)
  void adam(@ForAll("lengths") int n, @ForAll long seed) {
    assertClose(
        1e-6,
        compute -> {
          float[] g = numbers(n, seed);
          float[] m = new float[n];
          float[] v = new float[n];
          float[] w = finite(n, seed + 1);
          compute.adam(n, 1e-2f, 0.9, 0.999, 1e-7f, g, m, v, w);
          compute.adam(n, 1e-2f, 0.9, 0.999, 1e-7f, g, m, v, w);
          return w;
        });
  }

  /** All transposes, offsets, and what beta does to what is there. */
  @Property(tries = 300)
  void gemm(
      @ForAll("sizes") int m,
      @ForAll("sizes") int n,
      @ForAll("depths") int k,
      @ForAll boolean transposeA,
      @ForAll boolean transposeB,
      @ForAll("betas") float beta,
      @ForAll long seed) {
    int offset = 5;
    float[] a = finite(offset + m * k, seed);
    float[] b = finite(offset + k * n, seed + 1);
    assertClose(
        4e-7 * k + 2e-6, // terms and their number: both grow with the root of k
        compute -> {
          float[] c = finite(offset + m * n, seed + 2);
          if (beta == 0) {
            c[offset] = Float.NaN; // is overwritten, whatever it is
          }
          compute.gemm(transposeA, transposeB, m, n, k, a, offset, b, offset, beta, c, offset);
          return c;
        });
  }

  @Provide
  Arbitrary<Integer> depths() {
    return Arbitraries.of(1, 3, 8, 17, 100, 512, 515, 1100);
  }

  @Provide
  Arbitrary<Float> betas() {
    return Arbitraries.of(0f, 1f, 0.5f);
  }

  @Property(tries = 50)
  void gemmPassesNanToItsRowAlone(
      @ForAll("sizes") int m, @ForAll("sizes") int n, @ForAll("sizes") int k, @ForAll long seed) {
    float[] a = finite(m * k, seed);
    float[] b = finite(k * n, seed + 1);
    int row = new Random(seed).nextInt(m);
    a[row * k] = Float.NaN;
    float[] c = new float[m * n];
    SIMD.gemm(false, false, m, n, k, a, 0, b, 0, 0, c, 0);
    for (int i = 0; i < m * n; i++) {
      assertThat(Float.isNaN(c[i])).isEqualTo(i / n == row);
    }
  }
}
