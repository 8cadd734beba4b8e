package io.octnet.compute.simd.convolution;

import io.octnet.compute.ConvGeometry;
import io.octnet.compute.simd.kernel.Width;

/**
 * Which source pixel each tap of each target pixel reads: {@code rows[target * taps + tap]}, -1 for
 * padding. Forward, the target is y and the source x; backward-data the other way round, so that
 * both are the same gather.
 */
public record TapMap(
    int targetHeight,
    int targetWidth,
    int sourceHeight,
    int sourceWidth,
    int channels,
    int tapRows,
    int tapColumns,
    int[] rows,
    int[] columns) {

  public static TapMap forward(ConvGeometry g) {
    int[] rows = new int[g.outHeight() * g.kernelHeight()];
    int[] columns = new int[g.outWidth() * g.kernelWidth()];
    fillForward(
        rows, g.kernelHeight(), g.strideHeight(), g.dilationHeight(), g.padTop(), g.height());
    fillForward(
        columns, g.kernelWidth(), g.strideWidth(), g.dilationWidth(), g.padLeft(), g.width());
    return new TapMap(
        g.outHeight(),
        g.outWidth(),
        g.height(),
        g.width(),
        g.inChannels(),
        g.kernelHeight(),
        g.kernelWidth(),
        rows,
        columns);
  }

  public static TapMap backwardData(ConvGeometry g) {
    int[] rows = new int[g.height() * g.kernelHeight()];
    int[] columns = new int[g.width() * g.kernelWidth()];
    fillBackward(
        rows, g.kernelHeight(), g.strideHeight(), g.dilationHeight(), g.padTop(), g.outHeight());
    fillBackward(
        columns, g.kernelWidth(), g.strideWidth(), g.dilationWidth(), g.padLeft(), g.outWidth());
    return new TapMap(
        g.height(),
        g.width(),
        g.outHeight(),
        g.outWidth(),
        g.outChannels(),
        g.kernelHeight(),
        g.kernelWidth(),
        rows,
        columns);
  }

  // source = target * stride + tap * dilation - pad
  private static void fillForward(
      int[] map, int taps, int stride, int dilation, int pad, int size) {
    for (int i = 0; i < map.length; i++) {
      long at = (long) (i / taps) * stride + (long) (i % taps) * dilation - pad;
      map[i] = at >= 0 && at < size ? (int) at : -1;
    }
  }

  // source * stride = target + pad - tap * dilation
  private static void fillBackward(
      int[] map, int taps, int stride, int dilation, int pad, int size) {
    for (int i = 0; i < map.length; i++) {
      long at = (long) (i / taps) + pad - (long) (i % taps) * dilation;
      map[i] = at >= 0 && at % stride == 0 && at / stride < size ? (int) (at / stride) : -1;
    }
  }

  /** Values gathered per target pixel. */
  public int depth() {
    return tapRows * tapColumns * channels;
  }

  /** Whether the gather is a plain copy of whole pixels in order: 1x1, stride 1, no padding. */
  public boolean isIdentity() {
    return tapRows == 1
        && tapColumns == 1
        && targetHeight == sourceHeight
        && targetWidth == sourceWidth
        && rows[0] == 0
        && columns[0] == 0
        && rows[rows.length - 1] == targetHeight - 1 // not strided, with padding to make up for it
        && columns[columns.length - 1] == targetWidth - 1;
  }

  /** {@link #gather} from a source. */
  public Im2col.Gather of(Source source) {
    return (first, count, slab, to, pixels) -> gather(source, first, count, slab, to, pixels);
  }

  /**
   * Gathers {@code count} target pixels from {@code first} (flat over n, row, column) into a slab
   * [depth / 16][pixels][16] that starts at {@code to}, the last sixteen padded with zeros.
   */
  void gather(Source source, int first, int count, float[] slab, int to, int pixels) {
    if (isIdentity()) {
      source.toSlabs(first * channels, channels, count, slab, to, pixels * Width.SLAB);
      return;
    }
    int padded = Width.roundUp(depth(), Width.SLAB);
    for (int i = 0; i < count; i++) {
      int pixel = first + i;
      int column = pixel % targetWidth;
      int row = pixel / targetWidth % targetHeight;
      int image = pixel / targetWidth / targetHeight;
      int d = 0;
      for (int r = 0; r < tapRows; r++) {
        int sourceRow = rows[row * tapRows + r];
        int base = (image * sourceHeight + sourceRow) * sourceWidth;
        for (int s = 0; s < tapColumns; s++, d += channels) {
          int sourceColumn = columns[column * tapColumns + s];
          boolean inside = sourceRow >= 0 && sourceColumn >= 0;
          int at = inside ? (base + sourceColumn) * channels : -1;
          place(source, at, slab, to + i * Width.SLAB, d, pixels);
        }
      }
      if (d < padded) {
        Source.zero(slab, to + i * Width.SLAB + slot(d, pixels), padded - d);
      }
    }
  }

  /**
   * One tap of one pixel: {@code channels} values to depth d.. of the slab, cut at multiples of 16.
   *
   * @param pixel where the pixel's depth 0 is
   */
  private void place(Source source, int at, float[] slab, int pixel, int d, int pixels) {
    int done = 0;
    while (done < channels) {
      int length = Math.min(channels - done, Width.SLAB - (d + done) % Width.SLAB);
      int to = pixel + slot(d + done, pixels);
      if (at < 0) {
        Source.zero(slab, to, length);
      } else {
        source.copy(at + done, done, length, slab, to);
      }
      done += length;
    }
  }

  private static int slot(int d, int pixels) {
    return d / Width.SLAB * pixels * Width.SLAB + d % Width.SLAB;
  }
}
