package io.octnet.initializers;

import io.octnet.random.RandomStream;
import io.octnet.tensor.Shape;
import java.util.Arrays;

/**
 * Keras's initializers by Keras's names. {@code fanIn} is the number of inputs of one output, the
 * product of all axes but the last; {@code fanOut} the product of all but the last but one.
 *
 * <p>Glorot and Bengio, 2010; He et al., 2015. Normal ones are truncated at two standard
 * deviations, and widened so that the variance is the one named, as in Keras.
 */
public final class Initializers {
  /** All 0. */
  public static final Initializer ZEROS = constant(0);

  /** All 1. */
  public static final Initializer ONES = constant(1);

  /** Uniform, variance {@code 2 / (fanIn + fanOut)}: Keras's default for kernels. */
  public static final Initializer GLOROT_UNIFORM =
      (shape, values, random) ->
          uniform(Math.sqrt(6.0 / ((double) fanIn(shape) + fanOut(shape))), values, random);

  /** Normal, variance {@code 2 / (fanIn + fanOut)}. */
  public static final Initializer GLOROT_NORMAL =
      (shape, values, random) ->
          truncatedNormal(2.0 / ((double) fanIn(shape) + fanOut(shape)), values, random);

  /** Uniform, variance {@code 2 / fanIn}: for layers followed by a ReLU. */
  public static final Initializer HE_UNIFORM =
      (shape, values, random) -> uniform(Math.sqrt(6.0 / fanIn(shape)), values, random);

  /** Normal, variance {@code 2 / fanIn}. */
  public static final Initializer HE_NORMAL =
      (shape, values, random) -> truncatedNormal(2.0 / fanIn(shape), values, random);

  /** The standard deviation of a standard normal variable truncated to [-2, 2]. */
  private static final double TRUNCATED_STDDEV = 0.8796256610342398;

  private Initializers() {}

  /** All the same. */
  public static Initializer constant(float value) {
    return (shape, values, random) -> Arrays.fill(values, value);
  }

  private static void uniform(double limit, float[] values, RandomStream random) {
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) ((2 * random.nextDouble() - 1) * limit);
    }
  }

  private static void truncatedNormal(double variance, float[] values, RandomStream random) {
    double stddev = Math.sqrt(variance) / TRUNCATED_STDDEV;
    for (int i = 0; i < values.length; i++) {
      double z;
      do {
        z = random.nextGaussian();
      } while (Math.abs(z) > 2);
      values[i] = (float) (z * stddev);
    }
  }

  private static int fanIn(Shape shape) {
    return shape.rank() < 2 ? shape.size() : shape.size() / shape.dim(-1);
  }

  private static int fanOut(Shape shape) {
    return shape.rank() < 2 ? shape.size() : shape.size() / shape.dim(-2);
  }
}
