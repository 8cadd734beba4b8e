package io.octnet.keras;

import io.octnet.text.Text;

/**
 * One weight of a layer.
 *
 * @param name Keras's name of it: {@code kernel}, {@code bias}, {@code gamma}, {@code beta}, {@code
 *     moving_mean}, {@code moving_variance}
 * @param shape the axes; a convolution's kernel is (H, W, in, out), a dense one's (in, out)
 * @param data the values in C order; not copied
 */
public record NamedArray(String name, int[] shape, float[] data) {
  /** Refuses data that does not fill the shape. */
  public NamedArray {
    long size = 1;
    for (int dim : shape) {
      size *= dim;
    }
    if (size != data.length) {
      throw new IllegalArgumentException(
          Text.format("%s: %d values for shape %s", name, data.length, Shapes.text(shape)));
    }
  }
}
