package io.octnet.compute;

import io.octnet.text.Text;

/**
 * A depthwise convolution: each of the C input channels has kernels of its own. x: (N, H, W, C),
 * kernel: (R, S, C, M), y: (N, P, Q, C * M), channel {@code c * M + m} of y from channel c of x.
 *
 * @param window sizes, strides, dilation and padding; its outChannels are C * M
 * @param multiplier M
 */
public record DepthwiseGeometry(ConvGeometry window, int multiplier) {
  public DepthwiseGeometry {
    if (multiplier < 1 || (long) window.inChannels() * multiplier != window.outChannels()) {
      throw new IllegalArgumentException(
          Text.format(
              "a depthwise convolution of %d channels with multiplier %d has not %d output channels",
              window.inChannels(), multiplier, window.outChannels()));
    }
  }

  /** Elements of the kernel. */
  public int kernelSize() {
    return Math.toIntExact(
        (long) window.kernelHeight() * window.kernelWidth() * window.outChannels());
  }

  /** Multiply-adds, padding counted. */
  public long multiplyAdds() {
    return window.multiplyAdds() / window.inChannels();
  }

  /** The row of x that row r of the kernel meets for row p of y; may lie outside. */
  int row(int p, int r) {
    return p * window.strideHeight() + r * window.dilationHeight() - window.padTop();
  }

  /** The column of x that column s of the kernel meets for column q of y; may lie outside. */
  int column(int q, int s) {
    return q * window.strideWidth() + s * window.dilationWidth() - window.padLeft();
  }
}
