package io.octnet.initializers;

import io.octnet.random.RandomStream;
import io.octnet.tensor.Shape;

/** Gives a weight its first values. */
@FunctionalInterface
public interface Initializer {

  /**
   * Fills a weight.
   *
   * @param shape of the weight: kernels of dense layers are (in, out), of convolutions (R, S, in,
   *     out)
   * @param values receives them, row-major
   * @param random a stream of this weight's own
   */
  void fill(Shape shape, float[] values, RandomStream random);
}
