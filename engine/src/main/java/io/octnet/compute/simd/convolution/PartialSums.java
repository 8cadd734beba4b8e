package io.octnet.compute.simd.convolution;

import io.octnet.compute.simd.threads.Workers;
import io.octnet.tensor.BufferPool;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * A sum over many blocks, computed in parallel and yet in one order: blocks are dealt to a number
 * of partial sums that follows from the shape, never from the threads, and the partial sums are
 * added in order.
 */
public final class PartialSums {
  private static final int MOST = 16;
  private static final int FLOATS = 1 << 24;
  private static final int STRIP = 1 << 14;

  private final Workers workers;
  private final BufferPool pool;
  private final int blocks;
  private final int length;
  private final float[][] partials;

  /** Adds one block to its partial sum. */
  public interface Block {
    void add(int block, float[] partial);
  }

  public PartialSums(Workers workers, BufferPool pool, int blocks, int length) {
    this.workers = workers;
    this.pool = pool;
    this.blocks = blocks;
    this.length = length;
    this.partials = new float[Math.min(blocks, Math.clamp(FLOATS / length, 2, MOST))][];
  }

  public void accumulate(Block block) {
    int count = partials.length;
    workers.parallelFor(
        count,
        i -> {
          float[] partial = pool.acquire(length);
          Arrays.fill(partial, 0);
          partials[i] = partial;
          int end = (int) ((long) blocks * (i + 1) / count);
          for (int b = (int) ((long) blocks * i / count); b < end; b++) {
            block.add(b, partial);
          }
        });
  }

  public void finish(Consumer<float[]> use) {
    float[] sum = partials[0];
    workers.parallelFor(
        (length + STRIP - 1) / STRIP,
        strip -> {
          int end = Math.min(length, (strip + 1) * STRIP);
          for (int i = 1; i < partials.length; i++) {
            float[] partial = partials[i];
            for (int j = strip * STRIP; j < end; j++) {
              sum[j] += partial[j];
            }
          }
        });
    use.accept(sum);
    for (float[] partial : partials) {
      pool.release(partial);
    }
  }
}
