package io.octnet.compute;

import io.octnet.text.Text;

/**
 * The geometry of 2-D pooling: x: (N, H, W, C), y: (N, P, Q, C), windows of R x S. What lies in the
 * padding never wins a maximum and is not counted in an average.
 */
public record PoolGeometry(
    int batch,
    int height,
    int width,
    int channels,
    int poolHeight,
    int poolWidth,
    int strideHeight,
    int strideWidth,
    int padTop,
    int padBottom,
    int padLeft,
    int padRight) {

  public PoolGeometry {
    int least = Math.min(Math.min(batch, channels), Math.min(height, width));
    least =
        Math.min(
            least, Math.min(Math.min(poolHeight, poolWidth), Math.min(strideHeight, strideWidth)));
    if (least <= 0) {
      throw new IllegalArgumentException(
          Text.format(
              "sizes of pooling must be at least 1, received input (%d, %d, %d, %d), window %d x %d, strides %d x %d",
              batch, height, width, channels, poolHeight, poolWidth, strideHeight, strideWidth));
    }
    if (Math.min(Math.min(padTop, padBottom), Math.min(padLeft, padRight)) < 0) {
      throw new IllegalArgumentException(
          Text.format(
              "padding must not be negative, received top %d, bottom %d, left %d, right %d",
              padTop, padBottom, padLeft, padRight));
    }
    if ((long) height + padTop + padBottom < poolHeight
        || (long) width + padLeft + padRight < poolWidth) {
      throw new IllegalArgumentException(
          Text.format(
              "a pooling window of %d x %d does not fit an input of %d x %d; use a larger input or same padding",
              poolHeight, poolWidth, height, width));
    }
    if (padTop >= poolHeight
        || padBottom >= poolHeight
        || padLeft >= poolWidth
        || padRight >= poolWidth) {
      throw new IllegalArgumentException(
          "padding must be smaller than the pooling window, or a window would see nothing");
    }
  }

  /** Keras's {@code valid}. */
  public static PoolGeometry valid(
      int batch, int height, int width, int channels, int pool, int stride) {
    return new PoolGeometry(batch, height, width, channels, pool, pool, stride, stride, 0, 0, 0, 0);
  }

  /** Keras's {@code same}. */
  public static PoolGeometry same(
      int batch, int height, int width, int channels, int pool, int stride) {
    int[] vertical = SamePadding.along(height, pool, stride, 1);
    int[] horizontal = SamePadding.along(width, pool, stride, 1);
    return new PoolGeometry(
        batch,
        height,
        width,
        channels,
        pool,
        pool,
        stride,
        stride,
        vertical[0],
        vertical[1],
        horizontal[0],
        horizontal[1]);
  }

  /** One window over all {@code positions} of each picture. */
  public static PoolGeometry global(int batch, int positions, int channels) {
    return new PoolGeometry(batch, positions, 1, channels, positions, 1, 1, 1, 0, 0, 0, 0);
  }

  /** How many places a window has. */
  public int places() {
    return Math.multiplyExact(poolHeight, poolWidth);
  }

  /**
   * Refuses windows of more places than a byte can tell apart.
   *
   * @param most 256, or one less where a number is needed for something else
   */
  public void checkPlaces(int most) {
    if (places() > most) {
      throw new IllegalArgumentException(
          Text.format(
              "max pooling with a backward pass takes windows of at most %d places, received %d x %d; use global max pooling or several smaller ones",
              most, poolHeight, poolWidth));
    }
  }

  /** P, the rows of the output. */
  public int outHeight() {
    return (int) (((long) height + padTop + padBottom - poolHeight) / strideHeight + 1);
  }

  /** Q, the columns of the output. */
  public int outWidth() {
    return (int) (((long) width + padLeft + padRight - poolWidth) / strideWidth + 1);
  }

  /** Elements of x. */
  public int inputSize() {
    return Math.toIntExact((long) batch * height * width * channels);
  }

  /** Elements of y. */
  public int outputSize() {
    return Math.toIntExact((long) batch * outHeight() * outWidth() * channels);
  }
}
