package io.octnet.compute;

/**
 * Keras's {@code same} padding along one axis: the output has {@code ceil(size / stride)} places,
 * {@code max((ceil(n/s) - 1) * s + (k-1)*d + 1 - n, 0)} zeros are added, and of an odd number the
 * larger part comes after.
 */
public final class SamePadding {
  private SamePadding() {}

  /**
   * {@code {before, after}}.
   *
   * @param size of the axis
   * @param window places that the kernel or the pool has
   */
  public static int[] along(int size, int window, int stride, int dilation) {
    if (stride < 1) {
      throw new IllegalArgumentException("a stride must be at least 1, received " + stride);
    }
    long out = (size + stride - 1L) / stride;
    long total = Math.max((out - 1) * stride + (window - 1L) * dilation + 1 - size, 0);
    if (total > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "a window of "
              + window
              + " places with dilation "
              + dilation
              + " and stride "
              + stride
              + " is too large for an axis of length "
              + size);
    }
    int before = (int) total / 2;
    return new int[] {before, (int) total - before};
  }
}
