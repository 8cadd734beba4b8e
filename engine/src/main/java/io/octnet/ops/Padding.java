package io.octnet.ops;

import io.octnet.compute.SamePadding;

/** Keras's two ways to treat the border of a sliding window. */
public enum Padding {
  /** No padding: windows lie inside the input. */
  VALID,
  /** Output {@code ceil(size / stride)}; of an odd total padding the larger part comes after. */
  SAME;

  /** {@code {before, after}} along one axis. */
  int[] along(int size, int kernel, int stride, int dilation) {
    return this == VALID ? new int[] {0, 0} : SamePadding.along(size, kernel, stride, dilation);
  }
}
