package io.octnet.benchmarks;

import io.octnet.text.Text;
import java.util.Arrays;

/**
 * Several measurements of one thing.
 *
 * @param median of them
 * @param low the smallest
 * @param high the largest
 */
public record Spread(double median, double low, double high) {
  /** Of measurements in any order; of an even number, the median lies between the middle two. */
  public static Spread of(double... values) {
    if (values.length == 0) {
      throw new IllegalArgumentException("expected at least one measurement, received none");
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int n = sorted.length;
    return new Spread((sorted[(n - 1) / 2] + sorted[n / 2]) / 2, sorted[0], sorted[n - 1]);
  }

  /**
   * Of the ratios of measurements that were taken in turn: the machine may become slower or faster
   * from one to the next, but hardly within a pair.
   */
  public static Spread ofRatios(double[] over, double[] under) {
    if (over.length != under.length) {
      throw new IllegalArgumentException(
          Text.format(
              "expected pairs, received %d and %d measurements", over.length, under.length));
    }
    double[] ratios = new double[over.length];
    Arrays.setAll(ratios, i -> over[i] / under[i]);
    return of(ratios);
  }

  /** Of {@code numerator / value}: rates from times. */
  public Spread inverse(double numerator) {
    return new Spread(numerator / median, numerator / high, numerator / low);
  }

  /** How far the measurements lie apart, relative to the median. */
  public double relative() {
    return (high - low) / median;
  }
}
