package io.octnet.ops;

import io.octnet.compute.Backend;

/**
 * Runs loops over ranges of indices in parallel; how a range is cut depends on its length alone.
 */
final class Ranges {
  private static final int WORK_PER_TASK = 1 << 14;

  private Ranges() {}

  /** Work on indices {@code from..to-1}. */
  interface Range {
    void run(int from, int to);
  }

  /**
   * Cuts {@code 0..n-1} into tasks.
   *
   * @param work elements that one index stands for
   */
  static void run(int n, int work, Range range) {
    int perTask = Math.max(WORK_PER_TASK / Math.max(work, 1), 1);
    Backend.compute()
        .parallelFor(
            (int) (((long) n + perTask - 1) / perTask),
            task -> range.run(task * perTask, (int) Math.min((task + 1L) * perTask, n)));
  }
}
