package io.octnet.benchmarks;

import io.octnet.compute.Backend;
import io.octnet.compute.Compute;

/** What memory can do at most: a copy of arrays that no cache holds. */
final class Bandwidth {
  private static final int FLOATS = 1 << 25; // of all threads together

  private Bandwidth() {}

  /** Bytes read and written a second. */
  static double copy(int threads) {
    int share = FLOATS / threads;
    float[][] from = new float[threads][share];
    float[][] to = new float[threads][share];
    try (Compute simd = Backend.create("simd", threads)) {
      Runnable all =
          () -> simd.parallelFor(threads, i -> System.arraycopy(from[i], 0, to[i], 0, share));
      return 8.0 * share * threads / Timing.of(all).median();
    }
  }
}
