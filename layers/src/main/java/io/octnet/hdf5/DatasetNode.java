package io.octnet.hdf5;

import io.octnet.text.Text;
import java.util.Arrays;

/**
 * A data set being built: float32, float64 or int64 values in C order, stored contiguously and
 * little-endian. The values are referred to, not copied: they must not change before the file is
 * written.
 */
public final class DatasetNode extends Hdf5Object {
  private final int[] shape;
  private final Datatype type;
  private final Object values;

  private DatasetNode(int[] shape, Datatype type, Object values, int count) {
    this.shape = shape.clone();
    this.type = type;
    this.values = values;
    long expected = 1;
    for (int dim : shape) {
      expected = Math.multiplyExact(expected, (long) dim);
    }
    if (expected != count) {
      throw new IllegalArgumentException(
          Text.format(
              "%d values for shape %s, which needs %d", count, Arrays.toString(shape), expected));
    }
  }

  /** Values of type float32; the empty shape is a scalar. */
  public static DatasetNode floats(int[] shape, float... values) {
    return new DatasetNode(shape, Datatype.FLOAT32, values, values.length);
  }

  /** Values of type float64. */
  public static DatasetNode doubles(int[] shape, double... values) {
    return new DatasetNode(shape, Datatype.FLOAT64, values, values.length);
  }

  /** Values of type int64. */
  public static DatasetNode longs(int[] shape, long... values) {
    return new DatasetNode(shape, Datatype.INT64, values, values.length);
  }

  int[] shape() {
    return shape;
  }

  Datatype type() {
    return type;
  }

  /** A {@code float[]}, {@code double[]} or {@code long[]}. */
  Object values() {
    return values;
  }

  /** The bytes of the values. */
  long bytes() {
    return (long) java.lang.reflect.Array.getLength(values) * type.size();
  }
}
