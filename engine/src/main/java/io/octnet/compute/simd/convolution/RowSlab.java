package io.octnet.compute.simd.convolution;

import io.octnet.compute.ConvGeometry;
import io.octnet.compute.simd.kernel.Width;

/**
 * Rows of a picture, with their padding, in a slab [entry / 16][rows * columns][16], so that a tap
 * of the kernel is one constant offset for all pixels: nothing is copied once per tap, as im2col
 * does.
 *
 * <p>An entry is one pixel's channels. Where these are few, or the stride jumps over pixels, it is
 * instead the whole row of taps of one output pixel ({@code unrolled}): 3 x 3 channels of a first
 * layer are 9 neighbours in memory.
 */
public record RowSlab(
    boolean unrolled,
    int height,
    int width,
    int channels,
    int tapRows,
    int tapColumns,
    int strideHeight,
    int strideWidth,
    int dilationHeight,
    int dilationWidth,
    int padTop,
    int padLeft,
    int outHeight,
    int outWidth) {
  /** Entries up to this length are unrolled. */
  private static final int FEW = 2 * Width.SLAB;

  /** Floats of a slab: what stays in L2 beside a panel of weights. */
  private static final int FLOATS = 1 << 16;

  /** A task is at most this share of all rows, so that a single picture feeds several threads. */
  private static final int TASKS = 8;

  static RowSlab forward(ConvGeometry g) {
    int taps = g.kernelWidth() * g.inChannels();
    return new RowSlab(
        g.strideWidth() > 1 || taps <= FEW,
        g.height(),
        g.width(),
        g.inChannels(),
        g.kernelHeight(),
        g.kernelWidth(),
        g.strideHeight(),
        g.strideWidth(),
        g.dilationHeight(),
        g.dilationWidth(),
        g.padTop(),
        g.padLeft(),
        g.outHeight(),
        g.outWidth());
  }

  /** dy read by the kernel turned around; stride 1 only. */
  static RowSlab backwardData(ConvGeometry g) {
    return new RowSlab(
        g.kernelWidth() * g.outChannels() <= FEW,
        g.outHeight(),
        g.outWidth(),
        g.outChannels(),
        g.kernelHeight(),
        g.kernelWidth(),
        1,
        1,
        g.dilationHeight(),
        g.dilationWidth(),
        (g.kernelHeight() - 1) * g.dilationHeight() - g.padTop(),
        (g.kernelWidth() - 1) * g.dilationWidth() - g.padLeft(),
        g.height(),
        g.width());
  }

  /** Values of an entry. */
  int entry() {
    return unrolled ? tapColumns * channels : channels;
  }

  /** Groups of taps that share an entry: one offset each. */
  int groups() {
    return unrolled ? tapRows : tapRows * tapColumns;
  }

  /** Entries from one row of the slab to the next. */
  int columns() {
    return unrolled ? outWidth : outWidth + (tapColumns - 1) * dilationWidth;
  }

  /** Rows of the slab for {@code rows} output rows. */
  int rows(int rows) {
    return (rows - 1) * strideHeight + (tapRows - 1) * dilationHeight + 1;
  }

  /** Floats of a plane for {@code rows} output rows; a kernel may read a few entries too far. */
  int plane(int rows) {
    return (rows(rows) * columns() + Width.ROWS) * Width.SLAB;
  }

  int length(int rows) {
    return Width.roundUp(entry(), Width.SLAB) / Width.SLAB * plane(rows);
  }

  /** Output rows of a block. */
  int blockRows(int images) {
    int row = columns() * Width.roundUp(entry(), Width.SLAB);
    int fitting = (FLOATS / row - (tapRows - 1) * dilationHeight) / strideHeight;
    int shared = (images * outHeight + TASKS - 1) / TASKS;
    return Math.clamp(Math.min(fitting, shared), 1, outHeight);
  }

  /** Where group {@code q} of taps starts, relative to an output pixel. */
  int groupAt(int q) {
    return unrolled
        ? q * dilationHeight * columns() * Width.SLAB
        : (q / tapColumns * dilationHeight * columns() + q % tapColumns * dilationWidth)
            * Width.SLAB;
  }

  /** Offsets of the steps of all taps. */
  int[] offsets(int plane) {
    int steps = Math.ceilDiv(entry(), Width.STEP);
    int[] offsets = new int[groups() * steps];
    for (int i = 0; i < offsets.length; i++) {
      int channel = i % steps * Width.STEP;
      offsets[i] = groupAt(i / steps) + channel / Width.SLAB * plane + channel % Width.SLAB;
    }
    return offsets;
  }

  /** Whether the rows of a block follow each other in the slab, so that one run covers them all. */
  boolean isOneRun() {
    return strideHeight == 1;
  }

  /** Fills the slab for {@code rows} output rows from {@code firstRow} on. */
  void gather(Source source, int image, int firstRow, int rows, float[] slab, int plane) {
    int top = firstRow * strideHeight - padTop;
    int count = rows(rows);
    for (int i = 0; i < count; i++) {
      int h = top + i;
      int to = i * columns() * Width.SLAB;
      if (h < 0 || h >= height) {
        zero(slab, to, columns(), plane);
      } else if (unrolled) {
        unrolledRow(source, (image * height + h) * width, slab, to, plane);
      } else {
        plainRow(source, (image * height + h) * width, slab, to, plane);
      }
    }
    zero(slab, count * columns() * Width.SLAB, Width.ROWS, plane);
  }

  private void plainRow(Source source, int row, float[] slab, int to, int plane) {
    int left = Math.min(Math.max(padLeft, 0), columns());
    int from = Math.max(-padLeft, 0);
    int present = Math.clamp(columns() - left, 0, width - from);
    zero(slab, to, left, plane);
    source.toSlabs((row + from) * channels, channels, present, slab, to + left * Width.SLAB, plane);
    int done = left + present;
    zero(slab, to + done * Width.SLAB, columns() - done, plane);
  }

  private void unrolledRow(Source source, int row, float[] slab, int to, int plane) {
    int pad = entry() / Width.SLAB * plane + entry() % Width.SLAB;
    int padding = Width.roundUp(entry(), Width.STEP) - entry(); // to whole steps
    boolean contiguous = dilationWidth == 1 && source.isPlain();
    int end = source.x().length - Width.roundUp(entry(), Width.SLAB);
    for (int j = 0; j < outWidth; j++, to += Width.SLAB) {
      int first = j * strideWidth - padLeft;
      int at = (row + first) * channels;
      if (contiguous && first >= 0 && first + tapColumns <= width && at <= end) {
        int target = to;
        for (int d = 0; d < entry(); d += Width.SLAB, target += plane) {
          source.copySixteen(at + d, slab, target); // what is too much is never read
        }
      } else {
        for (int s = 0; s < tapColumns; s++) {
          int w = first + s * dilationWidth;
          int from = w >= 0 && w < width ? (row + w) * channels : -1;
          place(source, from, 0, s * channels, channels, slab, to, plane);
        }
      }
      for (int i = 0; i < padding; i++) {
        slab[to + pad + i] = 0;
      }
    }
  }

  /** {@code length} values to positions d.. of an entry, zeros where {@code at} is negative. */
  private static void place(
      Source source, int at, int channel, int d, int length, float[] slab, int to, int plane) {
    for (int done = 0; done < length; ) {
      int within = (d + done) % Width.SLAB;
      int piece = Math.min(length - done, Width.SLAB - within);
      int target = to + (d + done) / Width.SLAB * plane + within;
      if (at < 0) {
        Source.zero(slab, target, piece);
      } else {
        source.copy(at + done, channel + done, piece, slab, target);
      }
      done += piece;
    }
  }

  private void zero(float[] slab, int to, int entries, int plane) {
    for (int c = 0; c < entry(); c += Width.SLAB, to += plane) {
      Source.zero(slab, to, entries * Width.SLAB);
    }
  }
}
