package io.octnet.images;

/**
 * OpenCV's bilinear resizing of 8-bit pictures ({@code cv2.resize}, {@code INTER_LINEAR}), bit for
 * bit: coefficients of 11 bits, pixel centres at half, edges repeated.
 *
 * <p>Along an axis of n pixels to m, output i lies at {@code (i + 0.5) * n / m - 0.5}: between
 * pixels k and k + 1, at fraction f. Rows are combined in fixed point, so the order of the two
 * passes and the truncating shifts below are part of the result.
 */
final class LinearResize {
  private static final float SCALE = 2048;

  private LinearResize() {}

  /** The two neighbours of every output position and their weights, in units of 1 / 2048. */
  private record Axis(int[] first, int[] second, int[] weight0, int[] weight1) {}

  static Raster8 resize(Raster8 source, int width, int height) {
    if (width == source.width() && height == source.height()) {
      return source;
    }
    if (source.width() == 2 * width && source.height() == 2 * height) {
      return half(source, width, height);
    }
    int channels = source.channels();
    Axis xs = axis(source.width(), width, true);
    Axis ys = axis(source.height(), height, false);
    byte[] out = new byte[width * height * channels];
    Row upper = new Row(width * channels);
    Row lower = new Row(width * channels);
    for (int y = 0; y < height; y++) {
      if (lower.number == ys.first[y]) { // the next pair of rows often shares one with this pair
        Row swap = upper;
        upper = lower;
        lower = swap;
      }
      upper.load(source, ys.first[y], xs);
      lower.load(source, ys.second[y], xs);
      blend(upper.values, lower.values, ys.weight0[y], ys.weight1[y], out, y * width * channels);
    }
    return new Raster8(width, height, channels, out);
  }

  /** One source row, interpolated in x: up to 19 bits a value. */
  private static final class Row {
    private int number = -1;
    private final int[] values;

    Row(int length) {
      values = new int[length];
    }

    void load(Raster8 source, int y, Axis xs) {
      if (number == y) {
        return;
      }
      number = y;
      byte[] bytes = source.bytes();
      int channels = source.channels();
      int row = y * source.width() * channels;
      if (channels == 1) {
        loadGray(bytes, row, xs);
        return;
      }
      for (int x = 0, k = 0; k < values.length; x++) {
        int left = row + xs.first[x] * channels;
        int right = row + xs.second[x] * channels;
        for (int c = 0; c < channels; c++, k++) {
          values[k] =
              (bytes[left + c] & 0xff) * xs.weight0[x] + (bytes[right + c] & 0xff) * xs.weight1[x];
        }
      }
    }

    /** Nearly all scans are gray: without the inner loop resizing takes a third of the time. */
    private void loadGray(byte[] bytes, int row, Axis xs) {
      int[] first = xs.first;
      int[] second = xs.second;
      int[] weight0 = xs.weight0;
      int[] weight1 = xs.weight1;
      for (int x = 0; x < values.length; x++) {
        values[x] =
            (bytes[row + first[x]] & 0xff) * weight0[x]
                + (bytes[row + second[x]] & 0xff) * weight1[x];
      }
    }
  }

  private static void blend(
      int[] upper, int[] lower, int weight0, int weight1, byte[] out, int at) {
    for (int k = 0; k < upper.length; k++) {
      int sum = ((weight0 * (upper[k] >> 4)) >> 16) + ((weight1 * (lower[k] >> 4)) >> 16);
      out[at + k] = (byte) ((sum + 2) >> 2);
    }
  }

  /**
   * At the ends OpenCV treats the axes differently: in x the outer weight becomes 0, in y both
   * weights stay and the same row comes in twice, which can cost one level by truncation.
   */
  private static Axis axis(int n, int m, boolean horizontal) {
    Axis axis = new Axis(new int[m], new int[m], new int[m], new int[m]);
    double scale = 1 / ((double) m / n);
    for (int i = 0; i < m; i++) {
      float f = (float) ((i + 0.5) * scale - 0.5);
      int k = (int) Math.floor(f);
      f -= k;
      if (horizontal && (k < 0 || k >= n - 1)) {
        k = k < 0 ? 0 : n - 1;
        f = 0;
      }
      axis.first[i] = Math.clamp(k, 0, n - 1);
      axis.second[i] = Math.clamp(k + 1, 0, n - 1);
      axis.weight0[i] = (int) Math.rint((1f - f) * SCALE);
      axis.weight1[i] = (int) Math.rint(f * SCALE);
    }
    return axis;
  }

  /** Exactly half in both directions: the rounded mean of four. */
  private static Raster8 half(Raster8 source, int width, int height) {
    int channels = source.channels();
    byte[] out = new byte[width * height * channels];
    for (int y = 0, k = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        for (int c = 0; c < channels; c++, k++) {
          int sum =
              source.sample(2 * x, 2 * y, c)
                  + source.sample(2 * x + 1, 2 * y, c)
                  + source.sample(2 * x, 2 * y + 1, c)
                  + source.sample(2 * x + 1, 2 * y + 1, c);
          out[k] = (byte) ((sum + 2) >> 2);
        }
      }
    }
    return new Raster8(width, height, channels, out);
  }
}
