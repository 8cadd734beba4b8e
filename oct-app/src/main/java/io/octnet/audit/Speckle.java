package io.octnet.audit;

/**
 * The speckle of a thumbnail: horizontal differences (layers run across and nearly vanish in them)
 * of its lightly smoothed grays, divided by their local strength, in whole numbers.
 *
 * <p>{@code value = SCALE * d / sqrt(s + 4)}, d the difference of the means over 3 x 3 pixels to
 * the right and to the left, s the mean of d squared over 7 x 7 pixels, the rim repeated beyond the
 * rim. So {@code |value| < 7 SCALE}, and sums of products over a tile fit in an int.
 */
final class Speckle {
  private static final int SIZE = Thumbnails.SIZE;

  /** 1,024 products of two values are below 2 to the 31st. */
  static final int SCALE = 200;

  /** Brighter pixels are white wedges, or nearly. */
  private static final int WHITE = 235;

  private final int[] values;
  private final long[] sums = new long[(SIZE + 1) * (SIZE + 1)];
  private final long[] squares = new long[(SIZE + 1) * (SIZE + 1)];

  private Speckle(int[] values) {
    this.values = values;
    for (int y = 0; y < SIZE; y++) {
      long sum = 0;
      long square = 0;
      for (int x = 0; x < SIZE; x++) {
        long value = values[y * SIZE + x];
        sum += value;
        square += value * value;
        int at = (y + 1) * (SIZE + 1) + x + 1;
        sums[at] = sums[at - SIZE - 1] + sum;
        squares[at] = squares[at - SIZE - 1] + square;
      }
    }
  }

  /** Of a gray picture, {@code (Thumbnails.SIZE, Thumbnails.SIZE)}. */
  static Speckle of(byte[] thumbnail) {
    int[] gray = new int[SIZE * SIZE];
    for (int i = 0; i < gray.length; i++) {
      gray[i] = Math.min(WHITE, thumbnail[i] & 0xff);
    }
    int[] smooth = Planes.boxSum(gray, SIZE, 1);
    int[] values = new int[gray.length];
    int[] square = gray; // no longer needed
    for (int y = 0; y < SIZE; y++) {
      for (int x = 0; x < SIZE; x++) {
        int row = y * SIZE;
        int difference = smooth[row + Math.min(x + 1, SIZE - 1)] - smooth[row + Math.max(x - 1, 0)];
        values[row + x] = difference;
        square[row + x] = difference * difference;
      }
    }
    int[] strength = Planes.boxSum(square, SIZE, 3);
    for (int i = 0; i < values.length; i++) { // smooth is nine times the mean, strength 81 * 49
      double local = strength[i] * (1.0 / (81 * 49)) + 4;
      values[i] = (int) Math.rint(values[i] * (SCALE / 9.0) / Math.sqrt(local));
    }
    return new Speckle(values);
  }

  /** The sum over a square window. */
  long sum(int x, int y, int width) {
    return window(sums, x, y, width);
  }

  /** The variance within a square window. */
  double variance(int x, int y, int width) {
    double n = (double) width * width;
    double mean = sum(x, y, width) / n;
    return window(squares, x, y, width) / n - mean * mean;
  }

  private static long window(long[] integral, int x, int y, int width) {
    int top = y * (SIZE + 1) + x;
    int bottom = top + width * (SIZE + 1);
    return integral[bottom + width] - integral[bottom] - integral[top + width] + integral[top];
  }

  /** Columns x to {@code x + width - 1} of all rows, one row behind the other. */
  int[] strip(int x, int width) {
    int[] strip = new int[SIZE * width];
    for (int y = 0; y < SIZE; y++) {
      System.arraycopy(values, y * SIZE + x, strip, y * width, width);
    }
    return strip;
  }
}
