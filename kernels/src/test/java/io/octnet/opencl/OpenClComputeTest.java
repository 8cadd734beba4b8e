package io.octnet.opencl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.octnet.compute.Backend;
import io.octnet.compute.Compute;
import io.octnet.compute.ConvGeometry;
import io.octnet.compute.ConvInput;
import io.octnet.compute.Epilogue;
import io.octnet.compute.PreparedConv;
import io.octnet.compute.ScalarCompute;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The kernels on the device that is here, against the definition; skipped where there is none. */
@ExtendWith(WithDevice.class)
class OpenClComputeTest {
  private static final Compute SCALAR = new ScalarCompute();
  private static Compute opencl;

  @BeforeAll
  static void open() {
    opencl = WithDevice.compute();
  }

  @AfterAll
  static void close() {
    opencl.close();
  }

  private static float[] values(Random random, int n) {
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = random.nextFloat() * 2 - 1;
    }
    return values;
  }

  private static void assertClose(String what, float[] expected, float[] received, int terms) {
    double largest = 1e-3;
    for (float value : expected) {
      largest = Math.max(largest, Math.abs(value));
    }
    double tolerance = 2e-6 * largest * Math.max(1, Math.sqrt(terms) / 8);
    for (int i = 0; i < expected.length; i++) {
      assertThat((double) received[i])
          .as("%s[%d]", what, i)
          .isCloseTo(expected[i], org.assertj.core.api.Assertions.within(tolerance));
    }
  }

  /**
   * PoCL contracts a * b + c, and sums run over l upwards: the same order in Java, the same bits.
   */
  @Test
  void onPoclTheBitsAreThoseOfAFusedSumInTheSameOrder() {
    assumeTrue(WithDevice.isPocl(), "skipped: the device is not PoCL");
    int m = 37;
    int n = 70;
    int k = 45;
    Random random = new Random(1);
    float[] a = values(random, m * k);
    float[] b = values(random, k * n);
    float[] c = new float[m * n];
    opencl.gemm(false, false, m, n, k, a, 0, b, 0, 0, c, 0);
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        float sum = 0;
        for (int l = 0; l < k; l++) {
          sum = Math.fma(a[i * k + l], b[l * n + j], sum);
        }
        assertThat(c[i * n + j]).isEqualTo(sum);
      }
    }
  }

  @Test
  void matricesAgreeWithTheDefinitionTransposedOffsetAndAdded() {
    for (int seed = 0; seed < 24; seed++) {
      Random random = new Random(seed);
      int m = 1 + random.nextInt(90);
      int n = 1 + random.nextInt(90);
      int k = 1 + random.nextInt(90);
      float[] a = values(random, m * k + 3);
      float[] b = values(random, k * n + 5);
      float[] c = values(random, m * n + 7);
      float[] expected = c.clone();
      boolean ta = random.nextBoolean();
      boolean tb = random.nextBoolean();
      float beta = random.nextInt(2);
      SCALAR.gemm(ta, tb, m, n, k, a, 2, b, 3, beta, expected, 4);
      opencl.gemm(ta, tb, m, n, k, a, 2, b, 3, beta, c, 4);
      assertClose("gemm, seed " + seed, expected, c, k);
    }
  }

  @Test
  void betaZeroOverwritesWhateverIsThere() {
    float[] c = {Float.NaN, Float.POSITIVE_INFINITY};
    opencl.gemm(false, false, 1, 2, 1, new float[] {2}, 0, new float[] {3, 4}, 0, 0, c, 0);
    assertThat(c).containsExactly(6, 8);
  }

  /** Or a training that diverges would go on. */
  @Test
  void reluHidesNoNaN() {
    ConvGeometry g = ConvGeometry.same(1, 1, 2, 1, 1, 1, 1, 1, 1);
    float[] x = {Float.NaN, -2};
    float[] y = new float[2];
    opencl.conv2d(g, ConvInput.of(x), new float[] {1}, Epilogue.of(null, true), y);
    assertThat(y).containsExactly(Float.NaN, 0);
    ConvInput rectified = new ConvInput(x, new float[] {1}, new float[] {0}, true);
    opencl.conv2d(g, rectified, new float[] {1}, Epilogue.NONE, y);
    assertThat(y).containsExactly(Float.NaN, 0);
  }

  @Test
  void preparedWeightsStayUntilTheyAreClosed() {
    ConvGeometry g = ConvGeometry.same(1, 5, 5, 3, 3, 3, 4, 1, 1);
    Random random = new Random(3);
    float[] x = values(random, g.inputSize());
    float[] kernel = values(random, g.kernelSize());
    float[] expected = new float[g.outputSize()];
    float[] y = new float[g.outputSize()];
    SCALAR.conv2d(g, ConvInput.of(x), kernel, Epilogue.NONE, expected);
    PreparedConv prepared = opencl.prepare(g, kernel);
    kernel[0] += 1; // the copy keeps its values
    for (int i = 0; i < 3; i++) {
      java.util.Arrays.fill(y, -1);
      prepared.conv2d(1, ConvInput.of(x), Epilogue.NONE, y);
      assertClose("prepared", expected, y, 27);
    }
    collect();
    kernel[0] -= 1;
    float[] other = values(random, g.inputSize());
    SCALAR.conv2d(g, ConvInput.of(other), kernel, Epilogue.NONE, expected);
    prepared.conv2d(1, ConvInput.of(other), Epilogue.NONE, y);
    assertClose("prepared while arrays moved", expected, y, 27);
    prepared.close();
    prepared.close();
    assertThatThrownBy(() -> prepared.conv2d(1, ConvInput.of(x), Epilogue.NONE, y))
        .hasMessageContaining("closed");
    kernel[0] += 1;
    SCALAR.conv2d(g, ConvInput.of(x), kernel, Epilogue.NONE, expected);
    opencl.conv2d(g, ConvInput.of(x), kernel, Epilogue.NONE, y);
    assertClose("not prepared", expected, y, 27);
  }

  /** Makes the collector move what is alive. */
  private static void collect() {
    for (int i = 0; i < 5; i++) {
      byte[][] garbage = new byte[64][];
      for (int j = 0; j < garbage.length; j++) {
        garbage[j] = new byte[1 << 18];
      }
      System.gc();
    }
  }

  @Test
  void javasDivisionByZeroStillThrows() {
    int zero = "".length();
    assertThatThrownBy(() -> System.out.println(1 / zero)).isInstanceOf(ArithmeticException.class);
  }

  @Test
  void autoNeverChoosesADeviceThatIsACpu() {
    assumeTrue(!Devices.isGpu(Devices.best()), "skipped: a GPU is here");
    try (Compute chosen = Backend.create("auto", 1)) {
      assertThat(chosen.description()).startsWith("SIMD");
    }
  }
}
