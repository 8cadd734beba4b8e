package io.octnet.audit;

import java.util.Arrays;

/**
 * Numbers that describe samples, ranked once, so that any selection of samples is sorted by whole
 * numbers.
 *
 * @param values {@code values[sample][feature]}
 * @param ranks {@code ranks[feature][sample]}; equal values have equal ranks
 */
record FeatureTable(double[][] values, int[][] ranks) {
  static FeatureTable of(double[][] values) {
    int[][] ranks = new int[values.length == 0 ? 0 : values[0].length][];
    for (int f = 0; f < ranks.length; f++) {
      int feature = f;
      double[] column = Arrays.stream(values).mapToDouble(v -> v[feature]).toArray();
      double[] sorted = Arrays.stream(column).sorted().distinct().toArray();
      ranks[f] = Arrays.stream(column).mapToInt(v -> Arrays.binarySearch(sorted, v)).toArray();
    }
    return new FeatureTable(values, ranks);
  }

  int features() {
    return ranks.length;
  }

  /** These samples, the one with the smallest value first; among equals the first of the table. */
  int[] sorted(int[] samples, int feature) {
    long[] keys = new long[samples.length];
    for (int k = 0; k < keys.length; k++) {
      keys[k] = (long) ranks[feature][samples[k]] << 32 | samples[k];
    }
    Arrays.sort(keys);
    int[] sorted = new int[keys.length];
    for (int k = 0; k < keys.length; k++) {
      sorted[k] = (int) keys[k];
    }
    return sorted;
  }
}
