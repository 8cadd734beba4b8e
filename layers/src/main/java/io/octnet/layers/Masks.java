package io.octnet.layers;

import io.octnet.ops.Dropout;
import io.octnet.ops.Multiply;
import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;

/** Random factors that several elements share. */
final class Masks {
  private Masks() {}

  /**
   * Dropout of whole slices.
   *
   * @param shape 1 for axes of an example that go as one, 0 for others
   */
  static Tensor dropped(Tensor x, int[] shape, float rate, long seed) {
    int[] dims = x.shape().toArray();
    for (int i = 0; i < shape.length; i++) {
      dims[i + 1] = shape[i] == 1 ? 1 : dims[i + 1];
    }
    Tensor kept = Dropout.dropout(Tensor.full(Shape.of(dims), 1), rate, seed);
    Tensor y = Multiply.multiply(x, kept);
    kept.release();
    return y;
  }
}
