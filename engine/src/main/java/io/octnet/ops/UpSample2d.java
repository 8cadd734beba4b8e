package io.octnet.ops;

import io.octnet.autograd.Autograd;
import io.octnet.autograd.Node;
import io.octnet.compute.Backend;
import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;

/**
 * Larger images, x: (N, H, W, C), y: (N, H * v, W * h, C): each pixel repeated, or bilinear between
 * the centres of pixels. Each output place is {@code (1 - t) * x[low] + t * x[high]} along an axis.
 */
public final class UpSample2d extends Node {
  private final Shape from;
  private final Axis rows;
  private final Axis columns;

  private UpSample2d(Tensor x, Axis rows, Axis columns) {
    super(inputs(x));
    this.from = x.shape();
    this.rows = rows;
    this.columns = columns;
  }

  /** Which input places an output place lies between, and how near it is to the second. */
  private record Axis(int[] low, int[] high, float[] share) {
    static Axis of(int size, int factor, boolean bilinear) {
      int length = Check.axis("up_sample", (long) size * factor);
      Axis axis = new Axis(new int[length], new int[length], new float[length]);
      for (int i = 0; i < length; i++) {
        double place = bilinear ? (i + 0.5) / factor - 0.5 : i / factor;
        int low = (int) Math.floor(place);
        axis.share[i] = (float) (place - low);
        axis.low[i] = Math.clamp(low, 0, size - 1);
        axis.high[i] = Math.clamp(low + 1L, 0, size - 1);
      }
      return axis;
    }

    int length() {
      return low.length;
    }
  }

  /** The enlarged images. */
  public static Tensor upSample2d(Tensor x, int vertical, int horizontal, boolean bilinear) {
    Check.rank("up_sample", "x", x, 4, "(N, H, W, C)");
    Check.that(
        vertical > 0 && horizontal > 0,
        "up_sample",
        "factors must be at least 1, received %d and %d",
        vertical,
        horizontal);
    Axis rows = Axis.of(x.dim(1), vertical, bilinear);
    Axis columns = Axis.of(x.dim(2), horizontal, bilinear);
    Tensor y =
        Tensor.allocate(
            Backend.compute().pool(),
            Shape.of(x.dim(0), rows.length(), columns.length(), x.dim(3)));
    UpSample2d op = new UpSample2d(x, rows, columns);
    Backend.compute()
        .parallelFor(
            x.dim(0) * rows.length(),
            task -> op.row(task / rows.length(), task % rows.length(), x.data(), y.data()));
    return Autograd.record(y, op);
  }

  private void row(int n, int p, float[] x, float[] y) {
    int channels = from.dim(3);
    int width = from.dim(2) * channels;
    int low = (n * from.dim(1) + rows.low[p]) * width;
    int high = (n * from.dim(1) + rows.high[p]) * width;
    float v = rows.share[p];
    int to = (n * rows.length() + p) * columns.length() * channels;
    for (int q = 0; q < columns.length(); q++) {
      int left = columns.low[q] * channels;
      int right = columns.high[q] * channels;
      float h = columns.share[q];
      for (int c = 0; c < channels; c++) {
        float above = x[low + left + c] + h * (x[low + right + c] - x[low + left + c]);
        float below = x[high + left + c] + h * (x[high + right + c] - x[high + left + c]);
        y[to++] = above + v * (below - above);
      }
    }
  }

  // dx[each of the four] += its share * dy
  @Override
  protected Tensor[] backward(Tensor dy) {
    Tensor dx = Tensor.allocate(Backend.compute().pool(), from);
    int image = from.sizeOf(1, 4);
    Backend.compute()
        .parallelFor(
            from.dim(0),
            n -> {
              double[] sums = new double[image];
              for (int p = 0; p < rows.length(); p++) {
                addRow(n, p, dy.data(), sums);
              }
              for (int i = 0; i < image; i++) {
                dx.data()[n * image + i] = (float) sums[i];
              }
            });
    return new Tensor[] {dx};
  }

  private void addRow(int n, int p, float[] dy, double[] sums) {
    int channels = from.dim(3);
    int width = from.dim(2) * channels;
    int low = rows.low[p] * width;
    int high = rows.high[p] * width;
    float v = rows.share[p];
    int at = (n * rows.length() + p) * columns.length() * channels;
    for (int q = 0; q < columns.length(); q++) {
      int left = columns.low[q] * channels;
      int right = columns.high[q] * channels;
      float h = columns.share[q];
      for (int c = 0; c < channels; c++) {
        double g = dy[at++];
        sums[low + left + c] += (1 - v) * (1 - h) * g;
        sums[low + right + c] += (1 - v) * h * g;
        sums[high + left + c] += v * (1 - h) * g;
        sums[high + right + c] += v * h * g;
      }
    }
  }
}
