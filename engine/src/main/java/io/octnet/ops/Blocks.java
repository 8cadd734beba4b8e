package io.octnet.ops;

import io.octnet.compute.Backend;
import io.octnet.tensor.Tensor;
import java.util.Arrays;

/**
 * Copies blocks between arrays that hold them at different steps, in parallel. Ops touch elements
 * by the primitives of the back-end or in its {@code parallelFor} alone, so that a rehearsal, whose
 * buffers have none, touches none.
 */
final class Blocks {
  private static final int ELEMENTS_PER_TASK = 1 << 16;

  private Blocks() {}

  /** Where blocks lie: block i at {@code offset + i * step}. */
  record Place(float[] data, int offset, int step) {}

  /** Fills a tensor with zeros. */
  static void zero(Tensor x) {
    float[] data = x.data();
    int size = x.size();
    Backend.compute()
        .parallelFor(
            Math.ceilDiv(size, ELEMENTS_PER_TASK),
            task -> {
              int from = task * ELEMENTS_PER_TASK;
              Arrays.fill(data, from, Math.min(size, from + ELEMENTS_PER_TASK), 0);
            });
  }

  /** Copies {@code count} blocks of {@code length} elements. */
  static void copy(int count, int length, Place from, Place to) {
    int perTask = Math.max(ELEMENTS_PER_TASK / length, 1);
    Backend.compute()
        .parallelFor(
            (count + perTask - 1) / perTask,
            task -> {
              for (int i = task * perTask; i < Math.min((task + 1) * perTask, count); i++) {
                System.arraycopy(
                    from.data,
                    from.offset + i * from.step,
                    to.data,
                    to.offset + i * to.step,
                    length);
              }
            });
  }
}
