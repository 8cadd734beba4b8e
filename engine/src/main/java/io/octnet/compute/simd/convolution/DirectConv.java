package io.octnet.compute.simd.convolution;

import io.octnet.compute.ConvGeometry;
import io.octnet.compute.Epilogue;
import io.octnet.compute.simd.kernel.Width;
import io.octnet.compute.simd.threads.Scratch;
import io.octnet.compute.simd.threads.Workers;

/**
 * Convolution straight from the rows of a picture: the micro-kernel walks the taps by a table of
 * offsets into a {@link RowSlab}, so each value is copied once and not once per tap.
 */
public final class DirectConv {
  private final RowSlab rows;
  private final int images;
  private final int columns; // channels written
  private final boolean turned;

  private DirectConv(RowSlab rows, int images, int columns, boolean turned) {
    this.rows = rows;
    this.images = images;
    this.columns = columns;
    this.turned = turned;
  }

  public static DirectConv forward(ConvGeometry g) {
    return new DirectConv(RowSlab.forward(g), g.batch(), g.outChannels(), false);
  }

  /** The convolution of dy with the kernel turned by 180 degrees, its channels exchanged. */
  public static DirectConv backwardData(ConvGeometry g) {
    return new DirectConv(RowSlab.backwardData(g), g.batch(), g.inChannels(), true);
  }

  /** Each group of taps is padded to whole steps of channels. */
  private int depth() {
    return rows.groups() * Width.roundUp(rows.entry(), Width.STEP);
  }

  public int weightsLength() {
    return Panels.length(depth(), columns);
  }

  /** Packs the kernel in the order of the offsets. */
  public void packKernel(float[] kernel, float[] to) {
    Panels panels = new Panels(to, depth(), columns);
    int padded = Width.roundUp(rows.entry(), Width.STEP);
    for (int p = 0; p < panels.count(); p++) {
      int first = p * Width.COLS;
      int used = Math.min(Width.COLS, columns - first);
      int at = panels.at(p);
      for (int group = 0; group < rows.groups(); group++) {
        for (int e = 0; e < padded; e++, at += Width.COLS) {
          int present = e < rows.entry() ? used : 0;
          int flat = group * rows.entry() + e; // (row of taps, tap, channel)
          for (int j = 0; j < present; j++) {
            to[at + j] = kernel[weight(flat, first + j)];
          }
          Source.zero(to, at + present, Width.COLS - present);
        }
      }
    }
  }

  private int weight(int flat, int column) {
    if (!turned) {
      return flat * columns + column; // kernel (R, S, depth, columns)
    }
    int depth = rows.channels();
    int tap = rows.tapRows() * rows.tapColumns() - 1 - flat / depth;
    return (tap * columns + column) * depth + flat % depth; // kernel (R, S, columns, depth)
  }

  /** y: (images, outHeight, outWidth, columns). */
  public void run(Workers workers, Source source, float[] weights, Epilogue epilogue, float[] y) {
    int block = rows.blockRows(images);
    int plane = rows.plane(block);
    int[] offsets = rows.offsets(plane);
    int down = (rows.outHeight() + block - 1) / block;
    Panels panels = new Panels(weights, depth(), columns);
    StoredSums sums = epilogue.sums() == null ? null : new StoredSums(images * down, columns);
    workers.parallelFor(
        images * down,
        task -> {
          int image = task / down;
          int first = task % down * block;
          int count = Math.min(block, rows.outHeight() - first);
          float[] slab = Scratch.floats(Scratch.Use.INPUT, rows.length(block));
          rows.gather(source, image, first, count, slab, plane);
          int pixel = (image * rows.outHeight() + first) * rows.outWidth();
          for (int p = 0; p < panels.count(); p++) {
            if (rows.isOneRun()) {
              multiply(slab, 0, count, offsets, panels, p, epilogue, y, pixel);
            } else {
              for (int i = 0; i < count; i++) {
                int at = i * rows.strideHeight() * rows.columns() * Width.SLAB;
                int target = pixel + i * rows.outWidth();
                multiply(slab, at, 1, offsets, panels, p, epilogue, y, target);
              }
            }
          }
          if (sums != null) {
            int at = pixel * columns;
            sums.task(task).add(y, at, count * rows.outWidth(), columns, 0, columns);
          }
        });
    if (sums != null) {
      sums.finish(epilogue.sums());
    }
  }

  /** One run of pixels, {@code count} rows of the slab with the columns of padding between them. */
  private void multiply(
      float[] slab,
      int at,
      int count,
      int[] offsets,
      Panels panels,
      int p,
      Epilogue epilogue,
      float[] y,
      int pixel) {
    float[] tile = Scratch.floats(Scratch.Use.TILE, Width.ROWS * Width.COLS);
    int channel = p * Width.COLS;
    int used = Math.min(Width.COLS, columns - channel);
    int pitch = rows.columns();
    int end = (count - 1) * pitch + rows.outWidth();
    for (int from = 0; from < end; from += Width.ROWS) {
      Width.panel(
          offsets.length,
          offsets,
          slab,
          at + from * Width.SLAB,
          panels.data(),
          panels.at(p),
          tile,
          0,
          Width.COLS,
          Width.SLAB);
      int last = Math.min(end, from + Width.ROWS);
      for (int i = from; i < last; ) { // pieces of output rows; what lies in the padding is dropped
        int row = i / pitch;
        int column = i % pitch;
        int next = Math.min(last, (row + 1) * pitch);
        int inside = Math.min(next - i, rows.outWidth() - column);
        if (inside > 0) {
          int to = (pixel + row * rows.outWidth() + column) * columns + channel;
          int tileAt = (i - from) * Width.COLS;
          TileStore.store(epilogue, tile, tileAt, inside, used, channel, y, to, columns);
        }
        i = next;
      }
    }
  }
}
