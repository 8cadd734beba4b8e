package io.octnet.tensor;

import java.util.Arrays;

/**
 * The lengths of a tensor's axes, outermost first: an image batch is {@code (N, H, W, C)}.
 *
 * <p>A scalar has rank 0 and size 1. Axes of length zero do not exist here: an empty batch is a
 * mistake of the caller, and is refused where it appears.
 */
public final class Shape {
  private static final Shape SCALAR = new Shape(new int[0], 1);

  private final int[] dims;
  private final int size;

  private Shape(int[] dims, int size) {
    this.dims = dims;
    this.size = size;
  }

  /**
   * The shape with these axes.
   *
   * @throws IllegalArgumentException if an axis is not positive, or the elements do not fit a Java
   *     array
   */
  public static Shape of(int... dims) {
    if (dims.length == 0) {
      return SCALAR;
    }
    long size = 1;
    for (int dim : dims) {
      if (dim <= 0) {
        throw new IllegalArgumentException(
            "shape "
                + text(dims)
                + " has an axis of length "
                + dim
                + "; every axis must be at least 1");
      }
      size *= dim;
      if (size > Integer.MAX_VALUE - 8) {
        throw new IllegalArgumentException(
            "shape "
                + text(dims)
                + " has too many elements for one array (at most 2^31 - 9); use a smaller batch");
      }
    }
    return new Shape(dims.clone(), (int) size);
  }

  /** The shape of a single number. */
  public static Shape scalar() {
    return SCALAR;
  }

  /** This shape with one more axis in front. */
  public Shape withBatch(int batch) {
    int[] longer = new int[dims.length + 1];
    longer[0] = batch;
    System.arraycopy(dims, 0, longer, 1, dims.length);
    return of(longer);
  }

  /** The number of axes. */
  public int rank() {
    return dims.length;
  }

  /** The length of one axis; negative axes count from the end, as in NumPy. */
  public int dim(int axis) {
    return dims[axis(axis)];
  }

  /** The axis as a number in {@code 0..rank-1}; negative ones count from the end. */
  public int axis(int axis) {
    int resolved = axis < 0 ? axis + dims.length : axis;
    if (resolved < 0 || resolved >= dims.length) {
      throw new IllegalArgumentException("axis " + axis + " does not exist in shape " + this);
    }
    return resolved;
  }

  /** The number of elements. */
  public int size() {
    return size;
  }

  /** The product of the axes in {@code [from, to)}: the elements of a block of axes. */
  public int sizeOf(int from, int to) {
    int product = 1;
    for (int axis = from; axis < to; axis++) {
      product *= dims[axis];
    }
    return product;
  }

  /** A copy of the axes. */
  public int[] toArray() {
    return dims.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Shape shape && Arrays.equals(dims, shape.dims);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(dims);
  }

  /** As NumPy prints it: {@code (2, 3, 4)}. */
  @Override
  public String toString() {
    return text(dims);
  }

  private static String text(int[] dims) {
    return Arrays.toString(dims).replace('[', '(').replace(']', ')');
  }
}
