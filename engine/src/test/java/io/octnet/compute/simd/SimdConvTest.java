package io.octnet.compute.simd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.octnet.compute.Compute;
import io.octnet.compute.ConvGeometry;
import io.octnet.compute.ConvGradient;
import io.octnet.compute.ConvInput;
import io.octnet.compute.Epilogue;
import io.octnet.compute.JoinedInput;
import io.octnet.compute.PreparedConv;
import io.octnet.compute.ScalarCompute;
import io.octnet.random.RandomStream;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import org.junit.jupiter.api.Test;

/** Every algorithm in every direction against the definition, on awkward shapes. */
class SimdConvTest {
  private static final ConvGeometry MANY_CHANNELS =
      ConvGeometry.same(2, 14, 22, 160, 3, 3, 192, 1, 1);

  private static final Compute SCALAR = new ScalarCompute();
  private static final Compute IM2COL = new SimdCompute(2, Algorithm.IM2COL);
  private static final Compute DIRECT = new SimdCompute(2, Algorithm.DIRECT);
  private static final Compute WINOGRAD = new SimdCompute(2, Algorithm.WINOGRAD);

  @AfterContainer
  static void stop() {
    IM2COL.close();
    DIRECT.close();
    WINOGRAD.close();
  }

  @Provide
  Arbitrary<ConvGeometry> anyShape() {
    Arbitrary<Integer> size = Arbitraries.of(1, 2, 3, 5, 7, 8, 13, 17, 31, 40);
    Arbitrary<Integer> channels = Arbitraries.of(1, 3, 8, 13, 32, 100);
    Arbitrary<Integer> kernel = Arbitraries.of(1, 2, 3, 5);
    return Combinators.combine(
            Arbitraries.integers().between(1, 3),
            size,
            size,
            channels,
            channels,
            kernel,
            Arbitraries.integers().between(1, 3),
            Arbitraries.of(true, false))
        .as(
            (n, h, w, c, k, r, stride, same) -> {
              int dilation = stride == 1 && r == 3 && n == 3 ? 2 : 1;
              boolean fits = Math.min(h, w) >= dilation * (r - 1) + 1;
              return same || !fits
                  ? ConvGeometry.same(n, h, w, c, r, r, k, stride, dilation)
                  : ConvGeometry.valid(n, h, w, c, r, r, k, stride, dilation);
            });
  }

  @Provide
  Arbitrary<ConvGeometry> threeByThree() {
    Arbitrary<Integer> size = Arbitraries.of(3, 4, 5, 7, 8, 13, 17, 31, 40, 61);
    Arbitrary<Integer> channels = Arbitraries.of(16, 32, 48, 80, 112);
    return Combinators.combine(
            Arbitraries.integers().between(1, 3),
            size,
            size,
            channels,
            channels,
            Arbitraries.of(true, false))
        .as(
            (n, h, w, c, k, same) ->
                same
                    ? ConvGeometry.same(n, h, w, c, 3, 3, k, 1, 1)
                    : ConvGeometry.valid(n, h, w, c, 3, 3, k, 1, 1));
  }

  @Property(tries = 150)
  void im2colAgreesWithTheDefinition(@ForAll("anyShape") ConvGeometry g, @ForAll long seed) {
    check(g, seed, IM2COL, 3e-6);
  }

  @Property(tries = 200)
  void directAgreesWithTheDefinition(@ForAll("anyShape") ConvGeometry g, @ForAll long seed) {
    check(g, seed, DIRECT, 3e-6);
  }

  /** Padding makes rows of the slab much longer than rows of dy. */
  @Test
  void directAgreesWithTheDefinitionWhereAPictureIsNarrowerThanTheKernel() {
    check(ConvGeometry.same(1, 40, 1, 100, 5, 5, 100, 1, 1), 5, DIRECT, 3e-6);
    check(ConvGeometry.same(2, 1, 1, 33, 5, 5, 1, 1, 2), 6, DIRECT, 3e-6);
  }

  @Property(tries = 60)
  void winogradAgreesWithTheDefinition(@ForAll("threeByThree") ConvGeometry g, @ForAll long seed) {
    check(g, seed, WINOGRAD, 1e-5);
  }

  /** The sums of so many weights are shared by all threads, and have one owner a point. */
  @Test
  void winogradOfManyChannelsAgreesWithTheDefinition() {
    check(MANY_CHANNELS, 3, WINOGRAD, 1e-5);
    check(ConvGeometry.same(1, 57, 5, 192, 3, 3, 160, 1, 1), 4, WINOGRAD, 1e-5);
  }

  @Provide
  Arbitrary<int[]> partChannels() {
    return Arbitraries.of(1, 13, 16, 32, 48).array(int[].class).ofMinSize(1).ofMaxSize(5);
  }

  /** Parts of whole slabs are read where they are, others are concatenated first. */
  @Property(tries = 60)
  void partsAreReadAsIfConcatenated(
      @ForAll("partChannels") int[] channels, @ForAll boolean wholeSlabs, @ForAll long seed) {
    Random random = new Random(seed);
    int size = random.nextInt(3) == 0 ? 3 : 1;
    int[] parts = IntStream.of(channels).map(c -> wholeSlabs ? (c / 16 + 1) * 16 : c).toArray();
    int depth = IntStream.of(parts).sum();
    ConvGeometry g = ConvGeometry.same(2, 11, 9, depth, size, size, 35, 1, 1);
    int pixels = g.inputSize() / depth;
    float[][] values = new float[parts.length][];
    for (int j = 0; j < parts.length; j++) {
      values[j] = values(random, pixels * parts[j]);
    }
    boolean scaled = random.nextBoolean();
    JoinedInput joined =
        new JoinedInput(
            values,
            parts,
            scaled ? values(random, depth) : null,
            scaled ? values(random, depth) : null,
            random.nextBoolean());
    float[] kernel = values(random, g.kernelSize());
    Epilogue epilogue = new Epilogue(values(random, 35), null, random.nextBoolean(), null);
    float[] expected = new float[g.outputSize()];
    float[] received = values(random, g.outputSize());
    SCALAR.conv2d(g, joined.join(pixels, new float[g.inputSize()]), kernel, epilogue, expected);
    try (PreparedConv prepared = IM2COL.prepare(g, kernel)) {
      prepared.conv2dJoined(g.batch(), joined, epilogue, received);
    }
    int length = size * size * depth;
    assertClose("parts", length, expected, received, 3e-6, rms(expected));
  }

  private static void check(ConvGeometry g, long seed, Compute simd, double tolerance) {
    Random random = new Random(seed);
    float[] x = values(random, g.inputSize());
    float[] kernel = values(random, g.kernelSize());
    float[] bias = values(random, g.outChannels());
    float[] dy = values(random, g.outputSize());
    float[] y = values(random, g.outputSize());
    float[] scale = values(random, g.inChannels());
    float[] shift = values(random, g.inChannels());
    boolean plain = random.nextBoolean();
    ConvInput input =
        plain ? ConvInput.of(x) : new ConvInput(x, scale, shift, random.nextBoolean());
    float[] residual = random.nextInt(3) == 0 ? values(random, g.outputSize()) : null;
    double[] sums = new double[2 * g.outChannels()];
    double[] expectedSums = new double[2 * g.outChannels()]; // of what was stored
    boolean relu = random.nextBoolean();
    float[] expected = new float[g.outputSize()];
    float[] received = values(random, g.outputSize());
    SCALAR.conv2d(g, input, kernel, new Epilogue(bias, residual, relu, null), expected);
    simd.conv2d(g, input, kernel, new Epilogue(bias, residual, relu, sums), received);
    int length = g.kernelHeight() * g.kernelWidth() * g.inChannels();
    float[] sum = new float[g.outputSize()]; // before ReLU, which may leave almost nothing
    SCALAR.conv2d(g, input, kernel, new Epilogue(bias, residual, false, null), sum);
    assertClose("forward", length, expected, received, tolerance, rms(sum));
    if (residual != null) {
      float[] over = residual.clone();
      simd.conv2d(g, input, kernel, new Epilogue(bias, over, relu, null), over);
      assertThat(over).isEqualTo(received);
    }
    SCALAR.channelSums(received.length / g.outChannels(), g.outChannels(), received, expectedSums);
    double terms = received.length / g.outChannels();
    for (int i = 0; i < sums.length; i++) {
      double squares = expectedSums[g.outChannels() + i % g.outChannels()];
      assertThat(sums[i])
          .isCloseTo(expectedSums[i], within(1e-5 * (1 + Math.sqrt(terms * squares) + squares)));
    }

    ConvGradient gradient = new ConvGradient(dy, random.nextBoolean() ? y : null);
    float[] dx = values(random, g.inputSize());
    float[] expectedDx = new float[g.inputSize()];
    SCALAR.conv2dBackwardData(g, gradient, kernel, expectedDx);
    simd.conv2dBackwardData(g, gradient, kernel, dx);
    int back = g.kernelHeight() * g.kernelWidth() * g.outChannels();
    assertClose("backward data", back, expectedDx, dx, tolerance, rms(expectedDx));

    float[] dKernel = values(random, g.kernelSize());
    float[] dBias = values(random, g.outChannels());
    float[] expectedDKernel = new float[g.kernelSize()];
    float[] expectedDBias = new float[g.outChannels()];
    SCALAR.conv2dBackwardWeights(g, input, gradient, expectedDKernel, expectedDBias);
    simd.conv2dBackwardWeights(g, input, gradient, dKernel, dBias);
    int pixels = g.batch() * g.outHeight() * g.outWidth();
    assertClose(
        "backward weights", pixels, expectedDKernel, dKernel, tolerance, rms(expectedDKernel));
    assertClose("backward bias", pixels, expectedDBias, dBias, tolerance, rms(expectedDBias));
  }

  /** Rounding errors of a sum grow with the root of its length; 100 terms are the unit. */
  private static double growth(int length) {
    return Math.max(1, Math.sqrt(length / 100.0));
  }

  private static org.assertj.core.data.Offset<Double> within(double value) {
    return org.assertj.core.data.Offset.offset(value);
  }

  private static float[] values(Random random, int size) {
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = random.nextFloat() - 0.5f;
    }
    return values;
  }

  private static double rms(float[] values) {
    double squares = 0;
    for (float value : values) {
      squares += (double) value * value;
    }
    return Math.max(Math.sqrt(squares / values.length), 1e-3);
  }

  /** Relative to the rms of the results, or of sums of so many terms: few results may cancel. */
  private static void assertClose(
      String what, int terms, float[] expected, float[] received, double tolerance, double rms) {
    double unit = Math.max(rms, 0.02 * Math.sqrt(terms));
    for (int i = 0; i < expected.length; i++) {
      assertThat((double) received[i])
          .as("%s, element %d of %d", what, i, expected.length)
          .isCloseTo(expected[i], within(8 * tolerance * growth(terms) * unit));
    }
  }

  @Test
  void theBitsDoNotDependOnTheThreads() {
    ConvGeometry[] shapes = {
      ConvGeometry.same(3, 31, 29, 32, 3, 3, 48, 1, 1),
      ConvGeometry.same(2, 37, 41, 3, 3, 3, 13, 1, 1),
      ConvGeometry.same(2, 20, 20, 24, 5, 5, 17, 2, 1),
      ConvGeometry.same(4, 13, 13, 64, 1, 1, 48, 1, 1),
      MANY_CHANNELS
    };
    for (ConvGeometry g : shapes) {
      float[][] one = allDirections(1, g);
      for (int threads : new int[] {2, 3, 8}) {
        assertThat(allDirections(threads, g)).isDeepEqualTo(one);
      }
    }
  }

  private static float[][] allDirections(int threads, ConvGeometry g) {
    Random random = new Random(7);
    float[] x = values(random, g.inputSize());
    float[] kernel = values(random, g.kernelSize());
    float[] dy = values(random, g.outputSize());
    double[] sums = new double[2 * g.outChannels()];
    float[][] result = {
      new float[g.outputSize()],
      new float[g.inputSize()],
      new float[g.kernelSize()],
      new float[g.outChannels()],
      new float[sums.length]
    };
    try (Compute simd = new SimdCompute(threads)) {
      simd.conv2d(g, ConvInput.of(x), kernel, new Epilogue(null, null, true, sums), result[0]);
      simd.conv2dBackwardData(g, ConvGradient.of(dy), kernel, result[1]);
      simd.conv2dBackwardWeights(g, ConvInput.of(x), ConvGradient.of(dy), result[2], result[3]);
    }
    for (int i = 0; i < sums.length; i++) {
      result[4][i] = (float) sums[i];
    }
    return result;
  }

  @Test
  void nanInTheInputReachesTheOutput() {
    ConvGeometry g = ConvGeometry.same(1, 13, 13, 16, 3, 3, 16, 1, 1);
    float[] x = new float[g.inputSize()];
    float[] kernel = values(new Random(1), g.kernelSize());
    x[(6 * 13 + 6) * 16 + 5] = Float.NaN;
    for (Compute simd : new Compute[] {IM2COL, DIRECT, WINOGRAD}) {
      float[] y = new float[g.outputSize()];
      simd.conv2d(g, ConvInput.of(x), kernel, Epilogue.of(null, true), y);
      assertThat(y[(6 * 13 + 6) * 16]).isNaN();
    }
  }

  @Test
  void aPreparedKernelKeepsItsValuesAndServesAnyBatch() {
    ConvGeometry g = ConvGeometry.same(1, 8, 8, 16, 3, 3, 16, 1, 1);
    Random random = new Random(3);
    float[] x = values(random, 3 * g.inputSize());
    float[] kernel = values(random, g.kernelSize());
    for (Compute compute : new Compute[] {SCALAR, IM2COL, DIRECT, WINOGRAD}) {
      float[] weights = kernel.clone();
      float[] expected = new float[3 * g.outputSize()];
      compute.conv2d(g.withBatch(3), ConvInput.of(x), weights, Epilogue.NONE, expected);
      try (PreparedConv prepared = compute.prepare(g, weights)) {
        Arrays.fill(weights, 0);
        float[] received = new float[expected.length];
        prepared.conv2d(3, ConvInput.of(x), Epilogue.NONE, received);
        assertThat(received).isEqualTo(expected);
      }
    }
  }

  /** Prepared weights once belonged to an array, and training met them: here two own one each. */
  @Test
  void twoPreparedConvolutionsOfOneKernelKnowNothingOfEachOtherNorOfTraining() {
    ConvGeometry g = ConvGeometry.same(1, 8, 8, 16, 3, 3, 16, 1, 1);
    Random random = new Random(4);
    ConvInput x = ConvInput.of(values(random, g.inputSize()));
    float[] kernel = values(random, g.kernelSize());
    for (Compute compute : new Compute[] {SCALAR, IM2COL, DIRECT, WINOGRAD}) {
      float[] weights = kernel.clone();
      float[] before = new float[g.outputSize()];
      compute.conv2d(g, x, weights, Epilogue.NONE, before);
      PreparedConv first = compute.prepare(g, weights);
      PreparedConv second = compute.prepare(g, weights);
      first.close();
      Arrays.fill(weights, 0);
      float[] y = new float[g.outputSize()];
      second.conv2d(1, x, Epilogue.NONE, y);
      assertThat(y).isEqualTo(before);
      compute.conv2d(g, x, weights, Epilogue.NONE, y);
      assertThat(y).containsOnly(0);
      second.close();
      second.close();
      assertThatThrownBy(() -> second.conv2d(1, x, Epilogue.NONE, y))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("closed");
    }
  }

  @Test
  void oneKernelMayBePreparedForTwoStrides() {
    Random random = new Random(5);
    float[] kernel = values(random, 3 * 3 * 16 * 16);
    for (Compute simd : new Compute[] {IM2COL, DIRECT, WINOGRAD}) {
      ConvGeometry dense = ConvGeometry.same(1, 16, 16, 16, 3, 3, 16, 1, 1);
      ConvGeometry sparse = ConvGeometry.same(1, 16, 16, 16, 3, 3, 16, 2, 1);
      ConvInput x = ConvInput.of(values(random, dense.inputSize()));
      try (PreparedConv one = simd.prepare(dense, kernel);
          PreparedConv two = simd.prepare(sparse, kernel)) {
        for (ConvGeometry g : new ConvGeometry[] {dense, sparse, dense}) {
          float[] expected = new float[g.outputSize()];
          float[] received = new float[g.outputSize()];
          SCALAR.conv2d(g, x, kernel, Epilogue.NONE, expected);
          (g == dense ? one : two).conv2d(1, x, Epilogue.NONE, received);
          assertClose("two strides", 9 * 16, expected, received, 3e-6, rms(expected));
        }
      }
    }
  }

  @Test
  void dropoutDrawsTheSameMaskAsTheDefinition() {
    float[] x = values(new Random(5), 1021);
    for (float rate : new float[] {0, 0.2f, 0.5f, 0.9f}) {
      float[] y = new float[x.length];
      float[] expected = new float[x.length];
      IM2COL.dropout(x.length, rate, RandomStream.derive(1, "dropout", 2), x, y);
      SCALAR.dropout(x.length, rate, RandomStream.derive(1, "dropout", 2), x, expected);
      assertThat(y).isEqualTo(expected);
    }
  }
}
