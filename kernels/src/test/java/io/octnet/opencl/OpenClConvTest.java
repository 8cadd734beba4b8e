package io.octnet.opencl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.octnet.compute.Compute;
import io.octnet.compute.ConvGeometry;
import io.octnet.compute.ConvGradient;
import io.octnet.compute.ConvInput;
import io.octnet.compute.Epilogue;
import io.octnet.compute.ScalarCompute;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Convolutions of any shape on the device, against the definition and to the bit. */
@AddLifecycleHook(WithDevice.class)
class OpenClConvTest {
  private static final Compute SCALAR = new ScalarCompute();
  private static Compute opencl;

  @BeforeContainer
  static void open() {
    opencl = Devices.best() == null ? null : WithDevice.compute();
  }

  @AfterContainer
  static void close() {
    if (opencl != null) {
      opencl.close();
    }
  }

  @Provide
  Arbitrary<ConvGeometry> shapes() {
    Arbitrary<Integer> size = Arbitraries.of(1, 2, 3, 5, 7, 8, 13, 17, 31);
    Arbitrary<Integer> channels = Arbitraries.of(1, 3, 8, 13, 32, 65);
    return Combinators.combine(
            Arbitraries.integers().between(1, 3),
            size,
            size,
            channels,
            channels,
            Arbitraries.integers().between(1, 4),
            Arbitraries.integers().between(1, 3),
            Arbitraries.of(true, false))
        .as(
            (n, h, w, c, k, r, stride, same) -> {
              int dilation = stride == 1 && n == 3 ? 2 : 1;
              boolean fits = Math.min(h, w) >= dilation * (r - 1) + 1;
              return same || !fits
                  ? ConvGeometry.same(n, h, w, c, r, r, k, stride, dilation)
                  : ConvGeometry.valid(n, h, w, c, r, r, k, stride, dilation);
            });
  }

  @Property(tries = 40)
  void everyDirectionAgreesWithTheDefinition(@ForAll("shapes") ConvGeometry g, @ForAll long seed) {
    Random random = new Random(seed);
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
    float[] sum = new float[g.outputSize()]; // before ReLU, which may leave almost nothing
    SCALAR.conv2d(g, input, kernel, new Epilogue(bias, residual, false, null), sum);
    assertClose("forward", expected, y, largest(sum), taps);
    for (int i = 0; i < sums.length; i++) {
      assertThat(sums[i]).isCloseTo(expectedSums[i], within(1e-2));
    }

    float[] gradient = values(random, g.outputSize());
    ConvGradient dy = new ConvGradient(gradient, random.nextBoolean() ? y : null);
    float[] dx = values(random, g.inputSize());
    float[] expectedDx = new float[g.inputSize()];
    SCALAR.conv2dBackwardData(g, dy, kernel, expectedDx);
    opencl.conv2dBackwardData(g, dy, kernel, dx);
    int back = g.kernelHeight() * g.kernelWidth() * g.outChannels();
    assertClose("backward data", expectedDx, dx, largest(expectedDx), back);

    float[] dKernel = values(random, g.kernelSize());
    float[] expectedDKernel = new float[g.kernelSize()];
    float[] dBias = values(random, g.outChannels());
    float[] expectedDBias = new float[g.outChannels()];
    SCALAR.conv2dBackwardWeights(g, input, dy, expectedDKernel, expectedDBias);
    opencl.conv2dBackwardWeights(g, input, dy, dKernel, dBias);
    int places = g.batch() * g.outHeight() * g.outWidth();
    assertClose("backward weights", expectedDKernel, dKernel, largest(expectedDKernel), places);
    assertClose("bias", expectedDBias, dBias, largest(expectedDBias), places);
  }

  /** Sums run upwards over the taps, and on PoCL each step is a fused multiply-add. */
  @Property(tries = 12)
  void onPoclTheBitsAreThoseOfFusedSumsInTheSameOrder(
      @ForAll("shapes") ConvGeometry g, @ForAll long seed) {
    if (!WithDevice.isPocl()) {
      return;
    }
    Random random = new Random(seed);
    float[] x = values(random, g.inputSize());
    float[] kernel = values(random, g.kernelSize());
    float[] y = new float[g.outputSize()];
    opencl.conv2d(g, ConvInput.of(x), kernel, Epilogue.NONE, y);
    assertThat(y).isEqualTo(FusedSums.forward(g, x, kernel));

    float[] dy = values(random, g.outputSize());
    float[] dx = new float[g.inputSize()];
    opencl.conv2dBackwardData(g, ConvGradient.of(dy), kernel, dx);
    assertThat(dx).isEqualTo(FusedSums.backwardData(g, dy, kernel));

    float[] dKernel = new float[g.kernelSize()];
    opencl.conv2dBackwardWeights(g, ConvInput.of(x), ConvGradient.of(dy), dKernel, null);
    assertThat(dKernel).isEqualTo(FusedSums.backwardWeights(g, x, dy));
  }

  private static float[] values(Random random, int n) {
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = random.nextFloat() * 2 - 1;
    }
    return values;
  }

  private static double largest(float[] values) {
    double largest = 1e-3;
    for (float value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }

  private static void assertClose(
      String what, float[] expected, float[] received, double largest, int terms) {
    double tolerance = 2e-6 * largest * Math.max(1, Math.sqrt(terms) / 8);
    for (int i = 0; i < expected.length; i++) {
      if (!(Math.abs((double) expected[i] - received[i]) <= tolerance)) {
        assertThat((double) received[i])
            .as("%s[%d]", what, i)
            .isCloseTo(expected[i], within(tolerance));
      }
    }
  }
}
