package io.octnet.benchmarks;

import io.octnet.compute.Backend;
import io.octnet.compute.Compute;

/** What memory can do at most: a copy of arrays that no cache holds. */
final class Bandwidth {
  private static final int FLOATS = 1 << 24;

  private Bandwidth() {}

  /** Bytes read and written a second. */
  static double copy(int threads) {
    float[][] from = new float[threads][FLOATS];
    float[][] to = new float[threads][FLOATS];
    try (Compute simd = Backend.create("simd", threads)) {
      Runnable all =
          () -> simd.parallelFor(threads, i -> System.arraycopy(from[i], 0, to[i], 0, FLOATS));
      return 8.0 * FLOATS * threads / Timing.of(all).median();
    }
  }
}
