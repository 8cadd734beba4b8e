package io.octnet.benchmarks;

import io.octnet.compute.Compute;

/** What memory can do at most at this moment: a copy of arrays that no cache holds. */
final class Bandwidth {
  private static final int FLOATS = 1 << 25; // of all threads together

  private final Compute compute;
  private final float[][] from;
  private final float[][] to;

  /** Through all threads of a back-end. */
  Bandwidth(Compute compute, int threads) {
    this.compute = compute;
    this.from = new float[threads][FLOATS / threads];
    this.to = new float[threads][FLOATS / threads];
    look();
  }

  /** Bytes read and written a second. */
  double look() {
    int share = from[0].length;
    long start = System.nanoTime();
    compute.parallelFor(from.length, i -> System.arraycopy(from[i], 0, to[i], 0, share));
    return 8.0 * share * from.length / (System.nanoTime() - start) * 1e9;
  }
}
