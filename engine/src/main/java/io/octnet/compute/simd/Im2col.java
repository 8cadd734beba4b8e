package io.octnet.compute.simd;

import io.octnet.compute.Epilogue;
import io.octnet.tensor.BufferPool;

/**
 * The reference algorithm, for any kernel, stride, padding and dilation: a block of pixels is
 * gathered into slabs (a piece of the im2col matrix that fits the cache) and multiplied with the
 * packed weights. 1x1 convolutions are this with one tap.
 */
final class Im2col {
  /** Floats of a slab: what stays in L2 beside a panel of weights. */
  private static final int SLAB_FLOATS = 1 << 16;

  private Im2col() {}

  /**
   * Brings {@code count} target pixels from {@code first} on into a slab [depth / 16][pixels][16]
   * that starts at {@code to}, the last sixteen padded with zeros.
   */
  interface Gather {
    void into(int first, int count, float[] slab, int to, int pixels);
  }

  /** Pixels of a block: a multiple of the kernel's rows, about the same for all blocks. */
  static int blockPixels(int depth, int total) {
    int fitting = SLAB_FLOATS / Width.roundUp(depth, Width.SLAB) / Width.ROWS * Width.ROWS;
    int most = Width.roundUp(total, Width.ROWS);
    int block = Math.clamp(fitting, Width.ROWS, Math.min(most, 32 * Width.ROWS));
    return Width.roundUp(Math.ceilDiv(total, Math.ceilDiv(total, block)), Width.ROWS);
  }

  /** y: (images, targetHeight, targetWidth, columns of the panels). */
  static void multiply(
      Workers workers,
      TapMap map,
      int images,
      Gather gather,
      Panels weights,
      Epilogue epilogue,
      float[] y) {
    int total = images * map.targetHeight() * map.targetWidth();
    int block = blockPixels(map.depth(), total);
    int[] offsets = Panels.slabOffsets(map.depth(), Width.ROWS);
    int blocks = (total + block - 1) / block;
    StoredSums sums = epilogue.sums() == null ? null : new StoredSums(blocks, weights.columns());
    workers.parallelFor(
        blocks,
        b -> {
          int first = b * block;
          int count = Math.min(block, total - first);
          for (int i = 0; i < count; i += Width.ROWS) {
            int rows = Math.min(Width.ROWS, count - i);
            multiplyTile(gather, first + i, rows, offsets, weights, epilogue, y);
          }
          if (sums != null) {
            int columns = weights.columns();
            sums.task(b).add(y, first * columns, count, columns, 0, columns);
          }
        });
    if (sums != null) {
      sums.finish(epilogue.sums());
    }
  }

  /**
   * A few pixels through all panels: what was gathered stays in L1, and y and the residual are read
   * and written in their order, which the processor foresees.
   */
  private static void multiplyTile(
      Gather gather,
      int first,
      int rows,
      int[] offsets,
      Panels weights,
      Epilogue epilogue,
      float[] y) {
    int depth = offsets.length * Width.STEP;
    float[] x = Scratch.floats(Scratch.Use.INPUT, Width.roundUp(depth, Width.SLAB) * Width.ROWS);
    float[] tile = Scratch.floats(Scratch.Use.TILE, Width.ROWS * Width.COLS);
    int columns = weights.columns();
    gather.into(first, rows, x, 0, Width.ROWS);
    for (int p = 0; p < weights.count(); p++) {
      int channel = p * Width.COLS;
      int width = Math.min(Width.COLS, columns - channel);
      int to = first * columns + channel;
      boolean whole = rows == Width.ROWS && width == Width.COLS;
      boolean straight = whole && epilogue.isPlain();
      Width.panel(
          weights.steps(),
          offsets,
          x,
          0,
          weights.data(),
          weights.at(p),
          straight ? y : tile,
          straight ? to : 0,
          straight ? columns : Width.COLS,
          Width.SLAB);
      if (!straight) {
        TileStore.store(epilogue, tile, 0, rows, width, channel, y, to, columns);
      }
    }
  }

  /**
   * dKernel (depth, K) = sum over pixels of gathered x times dy.
   *
   * @param chunks how many partial sums, given by the shape alone, so that the result does not
   *     depend on threads
   */
  static void outerProduct(
      Workers workers,
      BufferPool pool,
      TapMap map,
      int images,
      Source x,
      Source dy,
      int k,
      float[] dKernel) {
    int total = images * map.targetHeight() * map.targetWidth();
    int rows = Width.roundUp(map.depth(), Width.SLAB);
    int columns = Width.roundUp(k, Width.OUTER_COLS);
    int block = Width.roundUp(Math.clamp(SLAB_FLOATS / (rows + columns), 16, 512), 4);
    int blocks = (total + block - 1) / block;
    PartialSums sums = new PartialSums(workers, pool, blocks, rows * columns);
    sums.accumulate(
        (b, partial) -> {
          int first = b * block;
          int count = Math.min(block, total - first);
          int padded = Width.roundUp(count, 4);
          float[] a = Scratch.floats(Scratch.Use.INPUT, rows * block);
          float[] z =
              Scratch.floats(Scratch.Use.OUTPUT, Width.roundUp(columns, Width.SLAB) * block);
          map.gather(x, first, count, a, 0, block);
          dy.toSlabs(first * k, k, count, z, 0, block * Width.SLAB);
          zeroPixels(a, rows, count, padded, block);
          zeroPixels(z, columns, count, padded, block);
          for (int c = 0; c < columns; c += Width.OUTER_COLS) {
            int zAt = c / Width.SLAB * block * Width.SLAB + c % Width.SLAB;
            for (int r = 0; r < rows; r += Width.OUTER_ROWS) {
              int aAt = r / Width.SLAB * block * Width.SLAB + r % Width.SLAB;
              Width.outer(
                  padded, a, aAt, z, zAt, block * Width.SLAB, partial, r * columns + c, columns);
            }
          }
        });
    sums.finish(
        sum -> {
          for (int r = 0; r < map.depth(); r++) {
            System.arraycopy(sum, r * columns, dKernel, r * k, k);
          }
        });
  }

  private static void zeroPixels(float[] slab, int channels, int from, int to, int pixels) {
    for (int c = 0; from < to && c < channels; c += Width.SLAB) {
      Source.zero(slab, c * pixels + from * Width.SLAB, (to - from) * Width.SLAB);
    }
  }
}
