package io.octnet.initializers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.octnet.random.RandomStream;
import io.octnet.tensor.Shape;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class InitializersTest {
  private static final Shape CONVOLUTION = Shape.of(3, 3, 17, 31); // fans 153 and 279

  private static float[] draw(Initializer initializer, Shape shape, long seed) {
    float[] values = new float[shape.size()];
    initializer.fill(shape, values, RandomStream.of(seed));
    return values;
  }

  @TestFactory
  Stream<DynamicTest> variancesAreThoseOfThePapers() {
    return Stream.of(
        variance("glorot_uniform", Initializers.GLOROT_UNIFORM, 2.0 / (153 + 279), Math.sqrt(3)),
        variance("glorot_normal", Initializers.GLOROT_NORMAL, 2.0 / (153 + 279), 2.2737),
        variance("he_uniform", Initializers.HE_UNIFORM, 2.0 / 153, Math.sqrt(3)),
        variance("he_normal", Initializers.HE_NORMAL, 2.0 / 153, 2.2737));
  }

  /** The largest value, in standard deviations, is that of the distribution's bound. */
  private static DynamicTest variance(
      String name, Initializer initializer, double variance, double bound) {
    return DynamicTest.dynamicTest(
        name,
        () -> {
          float[] values = draw(initializer, CONVOLUTION, 5);
          double sum = 0;
          double squares = 0;
          double largest = 0;
          for (float v : values) {
            sum += v;
            squares += (double) v * v;
            largest = Math.max(largest, Math.abs(v));
          }
          double stddev = Math.sqrt(variance);
          assertThat(sum / values.length)
              .isCloseTo(0, within(4 * stddev / Math.sqrt(values.length)));
          assertThat(squares / values.length).isCloseTo(variance, within(0.05 * variance));
          assertThat(largest / stddev).isBetween(0.97 * bound, 1.0001 * bound);
        });
  }

  @Test
  void constantsAreConstant() {
    assertThat(draw(Initializers.ZEROS, Shape.of(7), 1)).containsOnly(0f);
    assertThat(draw(Initializers.ONES, Shape.of(7), 1)).containsOnly(1f);
    assertThat(draw(Initializers.constant(0.5f), Shape.of(3), 1)).containsOnly(0.5f);
  }

  @Test
  void seedsDecide() {
    assertThat(draw(Initializers.HE_NORMAL, CONVOLUTION, 1))
        .isEqualTo(draw(Initializers.HE_NORMAL, CONVOLUTION, 1))
        .isNotEqualTo(draw(Initializers.HE_NORMAL, CONVOLUTION, 2));
  }
}
