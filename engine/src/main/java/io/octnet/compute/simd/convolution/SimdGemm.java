package io.octnet.compute.simd.convolution;

import io.octnet.compute.Epilogue;
import io.octnet.compute.simd.kernel.Width;
import io.octnet.compute.simd.threads.Scratch;
import io.octnet.compute.simd.threads.Workers;
import io.octnet.tensor.BufferPool;

/**
 * BLAS's sgemm on row-major matrices: A in tiles, B in panels, both in the order in which the
 * micro-kernel reads them; the depth is cut so that a panel stays in L2.
 */
public final class SimdGemm {
  private static final int DEPTH = 1024; // rows of C are far apart: few passes over them
  private static final int PACKED = 1 << 23; // floats of B that are packed at a time
  private static final int TILES = 4; // of a block, at most
  private static final int ROWS_PER_BLOCK = TILES * Width.ROWS;

  private SimdGemm() {}

  /** C (m, n) = op(A) (m, k) op(B) (k, n) + beta C. */
  public static void gemm(
      Workers workers,
      BufferPool pool,
      boolean transposeA,
      boolean transposeB,
      int m,
      int n,
      int k,
      float[] a,
      int aOffset,
      float[] b,
      int bOffset,
      float beta,
      float[] c,
      int cOffset) {
    scaleC(m * n, beta, c, cOffset);
    int most = Math.max(DEPTH, PACKED / Width.roundUp(n, Width.COLS) / DEPTH * DEPTH);
    for (int from = 0; from < k; from += most) {
      int end = Math.min(k, from + most);
      Panels[] parts = pack(workers, pool, transposeB, n, k, b, bOffset, from, end);
      int start = from;
      int tiles = Math.ceilDiv(m, Width.ROWS);
      int blocks = Math.ceilDiv(tiles, TILES); // of one size, nearly: threads end together
      workers.parallelFor(
          blocks,
          block -> {
            int row = firstTile(block, tiles, blocks) * Width.ROWS;
            int rows = Math.min(firstTile(block + 1, tiles, blocks) * Width.ROWS, m) - row;
            float[] slab = Scratch.floats(Scratch.Use.INPUT, DEPTH * ROWS_PER_BLOCK);
            for (int part = 0; part < parts.length; part++) {
              int at = start + part * DEPTH;
              packA(transposeA, a, aOffset, m, k, row, rows, at, parts[part].depth(), slab);
              boolean first = at == 0 && beta == 0;
              multiply(slab, rows, parts[part], c, cOffset + row * n, n, first);
            }
          });
      for (Panels part : parts) {
        pool.release(part.data());
      }
    }
  }

  /** Rows from..end of op(B), a part for each DEPTH of them: packed by all threads at once. */
  private static Panels[] pack(
      Workers workers,
      BufferPool pool,
      boolean transposed,
      int n,
      int k,
      float[] b,
      int bOffset,
      int from,
      int end) {
    Panels[] parts = new Panels[Math.ceilDiv(end - from, DEPTH)];
    for (int part = 0; part < parts.length; part++) {
      int depth = Math.min(DEPTH, end - from - part * DEPTH);
      parts[part] = new Panels(pool.acquire(Panels.length(depth, n)), depth, n);
    }
    int panels = parts[0].count();
    workers.parallelFor(
        parts.length * panels,
        task -> {
          int at = from + task / panels * DEPTH;
          int bAt = bOffset + (transposed ? at : at * n);
          parts[task / panels].packOne(task % panels, b, bAt, transposed, transposed ? k : n);
        });
    return parts;
  }

  private static int firstTile(int block, int tiles, int blocks) {
    return (int) ((long) block * tiles / blocks);
  }

  private static void scaleC(int size, float beta, float[] c, int at) {
    for (int i = 0; beta != 0 && beta != 1 && i < size; i++) {
      c[at + i] *= beta;
    }
  }

  /** Rows of op(A) into tiles [rows / ROWS][depth / 16][ROWS][16]. */
  private static void packA(
      boolean transposed,
      float[] a,
      int at,
      int m,
      int k,
      int row,
      int rows,
      int from,
      int depth,
      float[] slab) {
    int padded = Width.roundUp(depth, Width.SLAB);
    if (transposed) { // A is (k, m): one stored row is one depth
      for (int d = 0; d < padded; d++) {
        int source = at + (from + d) * m + row;
        for (int i = 0; i < rows; i++) {
          slab[place(i, d, padded)] = d < depth ? a[source + i] : 0;
        }
      }
      return;
    }
    for (int i = 0; i < rows; i++) {
      int source = at + (row + i) * k + from;
      for (int d = 0; d < padded; d += Width.SLAB) {
        int to = place(i, d, padded);
        int length = Math.clamp(depth - d, 0, Width.SLAB);
        System.arraycopy(a, source + d, slab, to, length);
        Source.zero(slab, to + length, Width.SLAB - length);
      }
    }
  }

  /** Where row i of a block has depth d. */
  private static int place(int i, int d, int padded) {
    int tile = i / Width.ROWS * Width.ROWS * padded;
    return tile + (d / Width.SLAB * Width.ROWS + i % Width.ROWS) * Width.SLAB + d % Width.SLAB;
  }

  /** C = tiles of A times panels of B, or C += that. */
  private static void multiply(
      float[] slab, int rows, Panels panels, float[] c, int cAt, int n, boolean first) {
    int[] offsets = Panels.slabOffsets(panels.depth(), Width.ROWS);
    int padded = Width.roundUp(panels.depth(), Width.SLAB);
    float[] tile = Scratch.floats(Scratch.Use.TILE, Width.ROWS * Width.COLS);
    Epilogue epilogue = first ? Epilogue.NONE : new Epilogue(null, c, false, null);
    float[] start = first ? Width.ZEROS : c;
    int startStride = first ? 0 : n;
    float least = Float.NEGATIVE_INFINITY;
    for (int p = 0; p < panels.count(); p++) {
      int column = p * Width.COLS;
      int columns = Math.min(Width.COLS, n - column);
      for (int i = 0; i < rows; i += Width.ROWS) {
        int at = panels.at(p);
        int to = cAt + i * n + column;
        int count = Math.min(Width.ROWS, rows - i);
        float[] b = panels.data();
        if (count == Width.ROWS && columns == Width.COLS) {
          int from = first ? 0 : to;
          Width.layer(
              panels.steps(),
              offsets,
              slab,
              i * padded,
              b,
              at,
              Width.ZEROS,
              0,
              start,
              from,
              startStride,
              least,
              c,
              to,
              n);
        } else {
          Width.panel(
              panels.steps(), offsets, slab, i * padded, b, at, tile, 0, Width.COLS, Width.SLAB);
          TileStore.store(epilogue, tile, 0, count, columns, column, c, to, n);
        }
      }
    }
  }
}
