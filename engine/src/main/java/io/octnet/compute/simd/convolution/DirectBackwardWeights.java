package io.octnet.compute.simd.convolution;

import io.octnet.compute.ConvGeometry;
import io.octnet.compute.simd.kernel.Width;
import io.octnet.compute.simd.threads.Scratch;
import io.octnet.compute.simd.threads.Workers;
import io.octnet.tensor.BufferPool;

/**
 * Backward-weights straight from the rows of x: dKernel[tap] is the outer product of the slab of x,
 * moved by the tap's offset, and the rows of dy, whose padding is zero.
 */
public final class DirectBackwardWeights {
  private final RowSlab rows;
  private final int images;
  private final int k;
  private final int columns; // K, padded for the kernel

  public DirectBackwardWeights(ConvGeometry g) {
    this.rows = RowSlab.forward(g);
    this.images = g.batch();
    this.k = g.outChannels();
    this.columns = Width.roundUp(k, Width.OUTER_COLS);
  }

  /** Entries from one row of dy in its slab to the next: those of x, or whole steps of a kernel. */
  private int pitch() {
    return rows.isOneRun() ? rows.columns() : Width.roundUp(rows.outWidth(), 4);
  }

  // dKernel: (R, S, C, K), dBias: (K) or null
  public void run(
      Workers workers, BufferPool pool, Source x, Source dy, float[] dKernel, float[] dBias) {
    int block = rows.blockRows(images);
    int down = (rows.outHeight() + block - 1) / block;
    int xPlane = rows.plane(block);
    int dyPlane = (block * pitch() + 4) * Width.SLAB;
    int entryRows = Width.roundUp(rows.entry(), Width.OUTER_ROWS);
    int products = rows.groups() * entryRows * columns;
    PartialSums sums = new PartialSums(workers, pool, images * down, products + columns);
    sums.accumulate(
        (task, partial) -> {
          int image = task / down;
          int first = task % down * block;
          int count = Math.min(block, rows.outHeight() - first);
          float[] a = Scratch.floats(Scratch.Use.INPUT, rows.length(block));
          float[] z =
              Scratch.floats(
                  Scratch.Use.OUTPUT, Width.roundUp(columns, Width.SLAB) / Width.SLAB * dyPlane);
          rows.gather(x, image, first, count, a, xPlane);
          gatherGradient(dy, image, first, count, z, dyPlane);
          addBias(z, dyPlane, count, partial, products);
          if (rows.isOneRun()) {
            int pixels = Width.roundUp((count - 1) * pitch() + rows.outWidth(), 4);
            multiply(a, 0, xPlane, z, 0, dyPlane, pixels, partial, entryRows);
          } else {
            for (int i = 0; i < count; i++) {
              int at = i * rows.strideHeight() * rows.columns() * Width.SLAB;
              int zAt = i * pitch() * Width.SLAB;
              multiply(a, at, xPlane, z, zAt, dyPlane, pitch(), partial, entryRows);
            }
          }
        });
    sums.finish(
        sum -> {
          for (int row = 0; row < rows.groups() * rows.entry(); row++) {
            int from = row / rows.entry() * entryRows + row % rows.entry();
            System.arraycopy(sum, from * columns, dKernel, row * k, k);
          }
          if (dBias != null) {
            System.arraycopy(sum, products, dBias, 0, k);
          }
        });
  }

  /** The sum of the rows of dy, whose padding is zero: first by itself, to stay a short sum. */
  private void addBias(float[] z, int plane, int count, float[] partial, int at) {
    float[] sums = new float[columns];
    SlabSums.add(z, 0, plane, count * pitch(), columns, sums, 0);
    for (int c = 0; c < columns; c++) {
      partial[at + c] += sums[c];
    }
  }

  /** Rows of dy to [columns / 16][rows * pitch][16], zeros after each row and at the end. */
  private void gatherGradient(Source dy, int image, int first, int count, float[] z, int plane) {
    int width = rows.outWidth();
    for (int i = 0; i < count; i++) {
      int at = ((image * rows.outHeight() + first + i) * width) * k;
      int to = i * pitch() * Width.SLAB;
      dy.toSlabs(at, k, width, z, to, plane);
      int extra = pitch() - width + (i == count - 1 ? 4 : 0);
      for (int c = 0; c < columns; c += Width.SLAB) {
        Source.zero(z, c / Width.SLAB * plane + to + width * Width.SLAB, extra * Width.SLAB);
      }
    }
  }

  private void multiply(
      float[] a,
      int at,
      int xPlane,
      float[] z,
      int zAt,
      int dyPlane,
      int pixels,
      float[] partial,
      int entryRows) {
    for (int column = 0; column < columns; column += Width.OUTER_COLS) {
      int from = zAt + column / Width.SLAB * dyPlane + column % Width.SLAB;
      for (int group = 0; group < rows.groups(); group++) {
        int base = at + rows.groupAt(group);
        for (int row = 0; row < entryRows; row += Width.OUTER_ROWS) {
          Width.outer(
              pixels,
              a,
              base + row / Width.SLAB * xPlane + row % Width.SLAB,
              z,
              from,
              dyPlane,
              partial,
              (group * entryRows + row) * columns + column,
              columns);
        }
      }
    }
  }
}
