package io.octnet.images;

import io.octnet.text.Text;
import java.util.Arrays;

/**
 * OpenCV's shrinking by area ({@code cv2.resize}, {@code INTER_AREA}), bit for bit: an output pixel
 * is the mean over the source area that it covers, pixels at the rim counting by their share.
 *
 * <p>Sums are float32 in OpenCV's order: along x into a row, rows weighted into the output row.
 */
final class AreaResize {
  /** Shares of a pixel below this are left out, as OpenCV does. */
  private static final double NEGLIGIBLE = 1e-3;

  private AreaResize() {}

  /** {@code weight[i][j]} is the share of source pixel {@code first[i] + j} in output pixel i. */
  private record Axis(int[] first, float[][] weight) {}

  static Raster8 resize(Raster8 source, int width, int height) {
    if (width > source.width() || height > source.height()) {
      throw new IllegalArgumentException(
          Text.format(
              "area interpolation only shrinks: received %dx%d to become %dx%d; use LINEAR",
              source.width(), source.height(), width, height));
    }
    if (width == source.width() && height == source.height()) {
      return source;
    }
    if (source.width() % width == 0 && source.height() % height == 0) {
      return whole(source, width, height);
    }
    Axis xs = axis(source.width(), width);
    Axis ys = axis(source.height(), height);
    int channels = source.channels();
    byte[] out = new byte[width * height * channels];
    float[] row = new float[width * channels];
    float[] sum = new float[width * channels];
    for (int y = 0; y < height; y++) {
      Arrays.fill(sum, 0);
      for (int j = 0; j < ys.weight[y].length; j++) {
        sumAlongX(source, ys.first[y] + j, xs, row);
        float weight = ys.weight[y][j];
        for (int k = 0; k < sum.length; k++) {
          sum[k] += weight * row[k];
        }
      }
      for (int k = 0; k < sum.length; k++) {
        out[y * sum.length + k] = round(sum[k]);
      }
    }
    return new Raster8(width, height, channels, out);
  }

  private static void sumAlongX(Raster8 source, int y, Axis xs, float[] row) {
    int channels = source.channels();
    for (int x = 0, k = 0; k < row.length; x++) {
      float[] weight = xs.weight[x];
      for (int c = 0; c < channels; c++, k++) {
        float sum = 0;
        for (int j = 0; j < weight.length; j++) {
          sum += source.sample(xs.first[x] + j, y, c) * weight[j];
        }
        row[k] = sum;
      }
    }
  }

  private static Axis axis(int n, int m) {
    Axis axis = new Axis(new int[m], new float[m][]);
    double scale = 1 / ((double) m / n);
    for (int i = 0; i < m; i++) {
      double from = i * scale;
      double to = from + scale;
      double cell = Math.min(scale, n - from);
      int last = Math.min((int) Math.floor(to), n - 1); // the first pixel not covered whole
      int first = Math.min((int) Math.ceil(from), last); // the first pixel covered whole
      boolean head = first - from > NEGLIGIBLE;
      boolean tail = to - last > NEGLIGIBLE;
      float[] weight = new float[last - first + (head ? 1 : 0) + (tail ? 1 : 0)];
      Arrays.fill(weight, (float) (1 / cell));
      if (head) {
        weight[0] = (float) ((first - from) / cell);
      }
      if (tail) {
        weight[weight.length - 1] = (float) (Math.min(Math.min(to - last, 1), cell) / cell);
      }
      axis.first[i] = head ? first - 1 : first;
      axis.weight[i] = weight;
    }
    return axis;
  }

  /** Whole factors in both directions: sums in integers; a factor of two rounds halves up. */
  private static Raster8 whole(Raster8 source, int width, int height) {
    int stepX = source.width() / width;
    int stepY = source.height() / height;
    boolean two = stepX == 2 && stepY == 2;
    float scale = 1f / (stepX * stepY);
    int channels = source.channels();
    byte[] out = new byte[width * height * channels];
    for (int y = 0, k = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        for (int c = 0; c < channels; c++, k++) {
          int sum = 0;
          for (int j = 0; j < stepX * stepY; j++) {
            sum += source.sample(x * stepX + j % stepX, y * stepY + j / stepX, c);
          }
          out[k] = two ? (byte) ((sum + 2) >> 2) : round(sum * scale);
        }
      }
    }
    return new Raster8(width, height, channels, out);
  }

  private static byte round(float value) {
    return (byte) Math.clamp((long) Math.rint(value), 0, 255);
  }
}
