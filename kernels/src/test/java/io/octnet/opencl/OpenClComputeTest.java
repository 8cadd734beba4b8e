package io.octnet.opencl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.aparapi.Kernel;
import io.octnet.compute.Backend;
import io.octnet.compute.Compute;
import io.octnet.compute.ConvGeometry;
import io.octnet.compute.ConvGradient;
import io.octnet.compute.ConvInput;
import io.octnet.compute.DeviceException;
import io.octnet.compute.Epilogue;
import io.octnet.compute.ScalarCompute;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The kernels on the device that is here, against the definition; skipped where there is none. */
class OpenClComputeTest {
  private static final Compute SCALAR = new ScalarCompute();
  private static final int[] SIZES = {1, 2, 3, 5, 7, 8, 13, 17, 31};
  private static final int[] CHANNELS = {1, 3, 8, 13, 32, 65};
  private static final int TRIES = 60;

  private static Compute opencl;

  @BeforeAll
  static void open() {
    String reason = new OpenClProvider().unavailableBecause();
    if (reason != null) {
      System.out.println("skipped: the OpenCL tests (" + reason + ")");
    }
    assumeTrue(reason == null, reason);
    opencl = Backend.create("opencl", 2);
  }

  @AfterAll
  static void close() {
    if (opencl != null) {
      opencl.close();
    }
  }

  private static ConvGeometry shape(Random random) {
    int n = 1 + random.nextInt(3);
    int h = SIZES[random.nextInt(SIZES.length)];
    int w = SIZES[random.nextInt(SIZES.length)];
    int c = CHANNELS[random.nextInt(CHANNELS.length)];
    int k = CHANNELS[random.nextInt(CHANNELS.length)];
    int r = 1 + random.nextInt(4);
    int stride = 1 + random.nextInt(3);
    int dilation = stride == 1 ? 1 + random.nextInt(2) : 1;
    boolean fits = Math.min(h, w) >= dilation * (r - 1) + 1;
    return fits && random.nextBoolean()
        ? ConvGeometry.valid(n, h, w, c, r, r, k, stride, dilation)
        : ConvGeometry.same(n, h, w, c, r, r, k, stride, dilation);
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

  @Test
  void convolutionsAgreeWithTheDefinitionInAllDirections() {
    for (int seed = 0; seed < TRIES; seed++) {
      Random random = new Random(seed);
      ConvGeometry g = shape(random);
      String what = "seed " + seed + ", " + g;
      float[] x = values(random, g.inputSize());
      float[] kernel = values(random, g.kernelSize());
      float[] scale = values(random, g.inChannels());
      float[] shift = values(random, g.inChannels());
      ConvInput input =
          random.nextBoolean()
              ? ConvInput.of(x)
              : new ConvInput(x, scale, shift, random.nextBoolean());
      float[] bias = random.nextBoolean() ? values(random, g.outChannels()) : null;
      float[] residual = random.nextBoolean() ? values(random, g.outputSize()) : null;
      boolean relu = random.nextBoolean();
      double[] sums = new double[2 * g.outChannels()];
      double[] expectedSums = new double[2 * g.outChannels()];
      float[] y = values(random, g.outputSize());
      float[] expected = new float[g.outputSize()];
      SCALAR.conv2d(g, input, kernel, new Epilogue(bias, residual, relu, expectedSums), expected);
      opencl.conv2d(g, input, kernel, new Epilogue(bias, residual, relu, sums), y);
      int taps = g.kernelHeight() * g.kernelWidth() * g.inChannels();
      assertClose("forward, " + what, expected, y, taps);
      for (int i = 0; i < sums.length; i++) {
        assertThat(sums[i])
            .isCloseTo(expectedSums[i], org.assertj.core.api.Assertions.within(1e-2));
      }

      float[] gradient = values(random, g.outputSize());
      ConvGradient dy = new ConvGradient(gradient, random.nextBoolean() ? y : null);
      float[] dx = values(random, g.inputSize());
      float[] expectedDx = new float[g.inputSize()];
      SCALAR.conv2dBackwardData(g, dy, kernel, expectedDx);
      opencl.conv2dBackwardData(g, dy, kernel, dx);
      int back = g.kernelHeight() * g.kernelWidth() * g.outChannels();
      assertClose("backward data, " + what, expectedDx, dx, back);

      float[] dKernel = values(random, g.kernelSize());
      float[] expectedDKernel = new float[g.kernelSize()];
      float[] dBias = values(random, g.outChannels());
      float[] expectedDBias = new float[g.outChannels()];
      SCALAR.conv2dBackwardWeights(g, input, dy, expectedDKernel, expectedDBias);
      opencl.conv2dBackwardWeights(g, input, dy, dKernel, dBias);
      int places = g.batch() * g.outHeight() * g.outWidth();
      assertClose("backward weights, " + what, expectedDKernel, dKernel, places);
      assertClose("bias, " + what, expectedDBias, dBias, places);
    }
  }

  /**
   * PoCL contracts a * b + c, and sums run over l upwards: the same order in Java, the same bits.
   */
  @Test
  void onPoclTheBitsAreThoseOfAFusedSumInTheSameOrder() {
    assumeTrue(opencl.description().contains("Portable"), "skipped: the device is not PoCL");
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

  @Test
  void keptWeightsStayUntilTheyAreForgotten() {
    ConvGeometry g = ConvGeometry.same(1, 5, 5, 3, 3, 3, 4, 1, 1);
    Random random = new Random(3);
    float[] x = values(random, g.inputSize());
    float[] kernel = values(random, g.kernelSize());
    float[] expected = new float[g.outputSize()];
    float[] y = new float[g.outputSize()];
    SCALAR.conv2d(g, ConvInput.of(x), kernel, Epilogue.NONE, expected);
    opencl.keep(kernel);
    for (int i = 0; i < 3; i++) {
      java.util.Arrays.fill(y, -1);
      opencl.conv2d(g, ConvInput.of(x), kernel, Epilogue.NONE, y);
      assertClose("kept", expected, y, 27);
    }
    opencl.forget(kernel);
    kernel[0] += 1;
    SCALAR.conv2d(g, ConvInput.of(x), kernel, Epilogue.NONE, expected);
    opencl.conv2d(g, ConvInput.of(x), kernel, Epilogue.NONE, y);
    assertClose("forgotten", expected, y, 27);
  }

  /** What Aparapi cannot translate: it would run in Java, in silence. */
  public static final class Refused extends Kernel {
    public float[] out = new float[256];

    @Override
    public void run() {
      int i = getGlobalId(0);
      switch (i & 1) {
        case 0 -> out[i] = 1f;
        default -> out[i] = 2f;
      }
    }
  }

  @Test
  void aKernelThatCannotBeTranslatedIsAnErrorThatNamesItAndTheDevice() {
    Guard guard = new Guard(Devices.best());
    assertThatThrownBy(() -> guard.prepare(new Refused()))
        .isInstanceOf(DeviceException.class)
        .hasMessageContaining("the kernel Refused cannot be built for ");
  }

  @Test
  void javasDivisionByZeroStillThrows() {
    int zero = SIZES.length - 9;
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
