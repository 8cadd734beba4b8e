package io.octnet.compute;

import io.octnet.text.Text;

/**
 * Everything about a 2-D convolution but its numbers: x: (N, H, W, C), kernel: (R, S, C, K), y: (N,
 * P, Q, K).
 *
 * <p>{@code P = (H + padTop + padBottom - dilation * (R - 1) - 1) / stride + 1}, rounded down; Q
 * likewise. Padding is asymmetric where Keras's {@code same} is: an even input with stride 2 is
 * padded at the end only.
 */
public record ConvGeometry(
    int batch,
    int height,
    int width,
    int inChannels,
    int kernelHeight,
    int kernelWidth,
    int outChannels,
    int strideHeight,
    int strideWidth,
    int dilationHeight,
    int dilationWidth,
    int padTop,
    int padBottom,
    int padLeft,
    int padRight) {

  public ConvGeometry {
    positive("batch", batch);
    positive("height", height);
    positive("width", width);
    positive("inChannels", inChannels);
    positive("kernelHeight", kernelHeight);
    positive("kernelWidth", kernelWidth);
    positive("outChannels", outChannels);
    positive("strideHeight", strideHeight);
    positive("strideWidth", strideWidth);
    positive("dilationHeight", dilationHeight);
    positive("dilationWidth", dilationWidth);
    if (Math.min(Math.min(padTop, padBottom), Math.min(padLeft, padRight)) < 0) {
      throw new IllegalArgumentException(
          Text.format(
              "padding must not be negative, received top %d, bottom %d, left %d, right %d",
              padTop, padBottom, padLeft, padRight));
    }
    if ((long) height + padTop + padBottom < dilationHeight * (kernelHeight - 1L) + 1
        || (long) width + padLeft + padRight < dilationWidth * (kernelWidth - 1L) + 1) {
      throw new IllegalArgumentException(
          Text.format(
              "a kernel of %d x %d (dilation %d x %d) does not fit an input of %d x %d with padding %d, %d, %d, %d; use a larger input or same padding",
              kernelHeight,
              kernelWidth,
              dilationHeight,
              dilationWidth,
              height,
              width,
              padTop,
              padBottom,
              padLeft,
              padRight));
    }
  }

  /** Without padding: Keras's {@code valid}. */
  public static ConvGeometry valid(
      int batch,
      int height,
      int width,
      int inChannels,
      int kernelHeight,
      int kernelWidth,
      int outChannels,
      int stride,
      int dilation) {
    return new ConvGeometry(
        batch,
        height,
        width,
        inChannels,
        kernelHeight,
        kernelWidth,
        outChannels,
        stride,
        stride,
        dilation,
        dilation,
        0,
        0,
        0,
        0);
  }

  /**
   * Keras's {@code same}: output {@code ceil(size / stride)}; of an odd total padding the larger
   * part comes after.
   */
  public static ConvGeometry same(
      int batch,
      int height,
      int width,
      int inChannels,
      int kernelHeight,
      int kernelWidth,
      int outChannels,
      int stride,
      int dilation) {
    int[] vertical = SamePadding.along(height, kernelHeight, stride, dilation);
    int[] horizontal = SamePadding.along(width, kernelWidth, stride, dilation);
    return new ConvGeometry(
        batch,
        height,
        width,
        inChannels,
        kernelHeight,
        kernelWidth,
        outChannels,
        stride,
        stride,
        dilation,
        dilation,
        vertical[0],
        vertical[1],
        horizontal[0],
        horizontal[1]);
  }

  /** The same for another batch. */
  public ConvGeometry withBatch(int newBatch) {
    return newBatch == batch ? this : changed(newBatch, 0, 0, 0, 0);
  }

  /** The same output from a picture without its outermost zeros: they become padding. */
  public ConvGeometry withPadding(int top, int bottom, int left, int right) {
    return changed(batch, top, bottom, left, right);
  }

  private ConvGeometry changed(int newBatch, int top, int bottom, int left, int right) {
    return new ConvGeometry(
        newBatch,
        height - top - bottom,
        width - left - right,
        inChannels,
        kernelHeight,
        kernelWidth,
        outChannels,
        strideHeight,
        strideWidth,
        dilationHeight,
        dilationWidth,
        padTop + top,
        padBottom + bottom,
        padLeft + left,
        padRight + right);
  }

  /** P, the rows of the output. */
  public int outHeight() {
    return outSize(height, padTop, padBottom, kernelHeight, strideHeight, dilationHeight);
  }

  /** Q, the columns of the output. */
  public int outWidth() {
    return outSize(width, padLeft, padRight, kernelWidth, strideWidth, dilationWidth);
  }

  private static int outSize(
      int size, int before, int after, int kernel, int stride, int dilation) {
    long places = (long) size + before + after - dilation * (kernel - 1L) - 1;
    return Math.toIntExact(places / stride + 1);
  }

  /** Elements of x. */
  public int inputSize() {
    return Math.toIntExact((long) batch * height * width * inChannels);
  }

  /** Elements of the kernel. */
  public int kernelSize() {
    return Math.toIntExact((long) kernelHeight * kernelWidth * inChannels * outChannels);
  }

  /** Elements of y. */
  public int outputSize() {
    return Math.toIntExact((long) batch * outHeight() * outWidth() * outChannels);
  }

  /** Multiply-adds of the plain algorithm, padding counted. */
  public long multiplyAdds() {
    return (long) batch
        * outHeight()
        * outWidth()
        * outChannels
        * kernelHeight
        * kernelWidth
        * inChannels;
  }

  private static void positive(String name, int value) {
    if (value <= 0) {
      throw new IllegalArgumentException(
          name + " of a convolution must be at least 1, received " + value);
    }
  }
}
