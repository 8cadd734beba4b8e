package io.octnet.benchmarks;

import java.util.Arrays;

/** The time that something takes, on a machine that is not always equally fast. */
public final class Timing {
  /** How long whole jobs warm up at least, and a few times at least; the JVM compiles meanwhile. */
  public static final double WARM_SECONDS =
      Double.parseDouble(System.getProperty("octnet.benchmarks.warm", "4"));

  private static final double ENOUGH_SECONDS = 0.05;
  private static final int MEASUREMENTS = 5;
  static final int WARM_UP = 3;

  private Timing() {}

  /** Seconds: five measurements after a warm-up; short work is repeated within each. */
  static Spread of(Runnable work) {
    int repeats = warmUp(work);
    double[] seconds = new double[MEASUREMENTS];
    Arrays.setAll(seconds, i -> seconds(work, repeats));
    return Spread.of(seconds);
  }

  /** Seconds of two works in turn, {@code A B A B ...}: five of each. */
  static double[][] inTurn(Runnable a, Runnable b) {
    int repeatsOfA = warmUp(a);
    int repeatsOfB = warmUp(b);
    double[][] seconds = new double[2][MEASUREMENTS];
    for (int i = 0; i < MEASUREMENTS; i++) {
      seconds[0][i] = seconds(a, repeatsOfA);
      seconds[1][i] = seconds(b, repeatsOfB);
    }
    return seconds;
  }

  /**
   * Work on one thread, each measurement between two looks at the core's FMA peak.
   *
   * @param seconds of one repetition
   * @param share of the peak that the work reached, by the two looks around each measurement
   */
  record OfPeak(Spread seconds, Spread share) {}

  /** Five measurements of work of so many floating-point operations. */
  static OfPeak ofPeak(Runnable work, double flops) {
    int repeats = warmUp(work);
    double[] seconds = new double[MEASUREMENTS];
    double[] shares = new double[MEASUREMENTS];
    for (int i = 0; i < MEASUREMENTS; i++) {
      double before = Peak.flops();
      seconds[i] = seconds(work, repeats);
      double after = Peak.flops();
      shares[i] = flops / seconds[i] / ((before + after) / 2);
    }
    return new OfPeak(Spread.of(seconds), Spread.of(shares));
  }

  /** Something that may fail. */
  interface Work {
    void run() throws Exception;
  }

  /** Seconds of each of so many repetitions of a whole job; short ones are repeated within each. */
  static double[] repeat(int times, Work work) throws Exception {
    double once = 0;
    long start = System.nanoTime();
    for (int i = 0; i < WARM_UP || (System.nanoTime() - start) * 1e-9 < WARM_SECONDS; i++) {
      once = timed(work, 1);
    }
    int repeats = repeats(once);
    double[] seconds = new double[times];
    for (int i = 0; i < times; i++) {
      seconds[i] = timed(work, repeats);
    }
    return seconds;
  }

  private static double timed(Work work, int repeats) throws Exception {
    long start = System.nanoTime();
    for (int i = 0; i < repeats; i++) {
      work.run();
    }
    return (System.nanoTime() - start) * 1e-9 / repeats;
  }

  /** Runs it until the JVM has compiled it; how often it fits into a measurement. */
  private static int warmUp(Runnable work) {
    int repeats = repeats(seconds(work, 1));
    for (double warm = 0; warm < 10 * ENOUGH_SECONDS; ) {
      warm += seconds(work, repeats) * repeats;
    }
    return repeats(seconds(work, repeats));
  }

  private static int repeats(double seconds) {
    return (int) Math.clamp(ENOUGH_SECONDS / Math.max(seconds, 1e-9), 1, 10_000);
  }

  private static double seconds(Runnable work, int repeats) {
    long start = System.nanoTime();
    for (int i = 0; i < repeats; i++) {
      work.run();
    }
    return (System.nanoTime() - start) * 1e-9 / repeats;
  }
}
