package io.octnet.benchmarks;

import java.util.Arrays;

/**
 * The time that something takes.
 *
 * @param median seconds
 * @param spread (slowest - fastest) / median
 */
record Timing(double median, double spread) {
  private static final double ENOUGH_SECONDS = 0.05;

  /** The median of five measurements after a warm-up; short work is repeated within each. */
  static Timing of(Runnable work) {
    return of(work, 5);
  }

  /** The median of so many. */
  static Timing of(Runnable work, int measurements) {
    double once = seconds(work, 1);
    int repeats = (int) Math.clamp(ENOUGH_SECONDS / Math.max(once, 1e-9), 1, 10_000);
    double warm = 0;
    while (warm < 6 * ENOUGH_SECONDS) { // the JVM compiles meanwhile
      warm += seconds(work, repeats) * repeats;
    }
    repeats = (int) Math.clamp(ENOUGH_SECONDS / seconds(work, repeats), 1, 10_000);
    double[] times = new double[measurements];
    for (int i = 0; i < measurements; i++) {
      times[i] = seconds(work, repeats);
    }
    return of(times);
  }

  /** Of times that were measured elsewhere. */
  static Timing of(double[] times) {
    double[] sorted = times.clone();
    Arrays.sort(sorted);
    double median = sorted[sorted.length / 2];
    return new Timing(median, (sorted[sorted.length - 1] - sorted[0]) / median);
  }

  static double seconds(Runnable work, int repeats) {
    long start = System.nanoTime();
    for (int i = 0; i < repeats; i++) {
      work.run();
    }
    return (System.nanoTime() - start) * 1e-9 / repeats;
  }
}
