package io.octnet.ops;

import io.octnet.compute.ConvGeometry;

/** Keras's two ways to treat the border of a sliding window. */
public enum Padding {
  /** No padding: windows lie inside the input. */
  VALID,
  /** Output {@code ceil(size / stride)}; of an odd total padding the larger part comes after. */
  SAME;

  /** {@code {before, after}} along one axis. */
  int[] along(int size, int kernel, int stride, int dilation) {
    if (this == VALID) {
      return new int[] {0, 0};
    }
    int total = ConvGeometry.samePadding(size, kernel, stride, dilation);
    return new int[] {total / 2, total - total / 2};
  }
}
