package io.octnet.layers;

import io.octnet.compute.ConvGeometry;
import io.octnet.compute.PoolGeometry;
import io.octnet.compute.SamePadding;
import io.octnet.ops.Padding;
import io.octnet.tensor.Shape;
import java.util.Locale;

/**
 * The geometry of sliding windows in Keras's terms: sizes, strides, {@code valid} or {@code same}.
 */
final class Windows {
  private Windows() {}

  /** Keras's name: {@code same}. */
  static String id(Padding padding) {
    return padding.name().toLowerCase(Locale.ROOT);
  }

  static ConvGeometry convolution(
      int batch,
      Shape x,
      int[] kernel,
      int filters,
      int[] strides,
      int[] dilation,
      Padding padding) {
    int[] vertical = padding(padding, x.dim(0), kernel[0], strides[0], dilation[0]);
    int[] horizontal = padding(padding, x.dim(1), kernel[1], strides[1], dilation[1]);
    return new ConvGeometry(
        batch,
        x.dim(0),
        x.dim(1),
        x.dim(2),
        kernel[0],
        kernel[1],
        filters,
        strides[0],
        strides[1],
        dilation[0],
        dilation[1],
        vertical[0],
        vertical[1],
        horizontal[0],
        horizontal[1]);
  }

  /** Of pictures (N, H, W, C). */
  static PoolGeometry pool(Shape x, int[] pool, int[] strides, Padding padding) {
    int[] vertical = padding(padding, x.dim(1), pool[0], strides[0], 1);
    int[] horizontal = padding(padding, x.dim(2), pool[1], strides[1], 1);
    return new PoolGeometry(
        x.dim(0),
        x.dim(1),
        x.dim(2),
        x.dim(3),
        pool[0],
        pool[1],
        strides[0],
        strides[1],
        vertical[0],
        vertical[1],
        horizontal[0],
        horizontal[1]);
  }

  /** Before and after. */
  private static int[] padding(Padding padding, int size, int window, int stride, int dilation) {
    return padding == Padding.VALID
        ? new int[] {0, 0}
        : SamePadding.along(size, window, stride, dilation);
  }
}
