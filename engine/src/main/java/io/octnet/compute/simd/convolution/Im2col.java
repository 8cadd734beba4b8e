package io.octnet.compute.simd.convolution;

import io.octnet.compute.Epilogue;
import io.octnet.compute.simd.kernel.Width;
import io.octnet.compute.simd.threads.Scratch;
import io.octnet.compute.simd.threads.Workers;
import io.octnet.tensor.BufferPool;

/**
 * The reference algorithm, for any kernel, stride, padding and dilation: a few pixels at a time are
 * gathered (a piece of the im2col matrix that fits the first cache) and multiplied with all of the
 * packed weights. 1x1 convolutions are this with one tap.
 */
public final class Im2col {
  /** Floats that a task gathers, about: enough to be worth a task, and what a slab takes of L2. */
  private static final int SLAB_FLOATS = 1 << 16;

  private Im2col() {}

  /**
   * Brings {@code count} target pixels from {@code first} on into a slab [depth / 16][pixels][16]
   * that starts at {@code to}, the last sixteen padded with zeros.
   */
  public interface Gather {
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
  public static void multiply(
      Workers workers,
      TapMap map,
      int images,
      Gather gather,
      Panels weights,
      Epilogue epilogue,
      float[] y) {
    int total = images * map.targetHeight() * map.targetWidth();
    int block = blockPixels(map.depth(), total);
    Im2colTiles tiles = new Im2colTiles(gather, map.depth(), weights, epilogue, y);
    int blocks = (total + block - 1) / block;
    StoredSums sums = epilogue.sums() == null ? null : new StoredSums(blocks, weights.columns());
    workers.parallelFor(
        blocks,
        b -> {
          int first = b * block;
          int count = Math.min(block, total - first);
          for (int i = 0; i < count; i += Width.ROWS) {
            int rows = Math.min(Width.ROWS, count - i);
            tiles.multiply(first + i, rows);
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
   * dKernel (depth, K) = sum over pixels of gathered x times dy: a partial sum for each block,
   * whose number the shape gives, so that the result does not depend on threads.
   */
  public static void outerProduct(
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
