package io.octnet.audit;

import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * A small classification tree (CART): binary splits that lower Gini impurity most, classes weighted
 * to count alike, no deeper than {@link #DEPTH}.
 */
final class DecisionTree {
  private static final int DEPTH = 4;

  /** Fewer samples are not told apart. */
  private static final int SMALLEST_LEAF = 5;

  private final int label;
  private final int feature;
  private final double threshold;
  private final DecisionTree below;
  private final DecisionTree above;

  private DecisionTree(
      int label, int feature, double threshold, DecisionTree below, DecisionTree above) {
    this.label = label;
    this.feature = feature;
    this.threshold = threshold;
    this.below = below;
    this.above = above;
  }

  /**
   * Grows a tree.
   *
   * @param samples which of the table to learn from, ascending
   */
  static DecisionTree grow(FeatureTable table, int[] labels, int classes, int[] samples) {
    double[] weights = new double[classes];
    for (int i : samples) {
      weights[labels[i]]++;
    }
    for (int c = 0; c < classes; c++) {
      weights[c] = weights[c] == 0 ? 0 : 1 / weights[c];
    }
    return new Grower(table, labels, weights).grow(samples, DEPTH);
  }

  int predict(double[] sample) {
    if (below == null) {
      return label;
    }
    return (sample[feature] < threshold ? below : above).predict(sample);
  }

  private record Grower(FeatureTable table, int[] labels, double[] classWeights) {

    DecisionTree grow(int[] samples, int depth) {
      double[] counts = counts(samples);
      int label = 0;
      for (int c = 1; c < counts.length; c++) {
        label = counts[c] > counts[label] ? c : label;
      }
      Cut best = new Cut(-1, 0, impurity(counts) - 1e-9);
      for (int f = 0; depth > 0 && f < table.features(); f++) {
        best = better(best, samples, counts, f);
      }
      if (best.feature < 0) {
        return new DecisionTree(label, -1, 0, null, null);
      }
      Cut cut = best;
      int[] below = which(samples, i -> value(i, cut.feature) < cut.threshold);
      int[] above = which(samples, i -> value(i, cut.feature) >= cut.threshold);
      return new DecisionTree(
          label, cut.feature, cut.threshold, grow(below, depth - 1), grow(above, depth - 1));
    }

    private record Cut(int feature, double threshold, double impurity) {}

    private Cut better(Cut best, int[] samples, double[] counts, int feature) {
      int[] sorted = table.sorted(samples, feature);
      double[] left = new double[counts.length];
      double[] right = counts.clone();
      for (int k = 0; k + 1 < sorted.length; k++) {
        int moved = labels[sorted[k]];
        left[moved] += classWeights[moved];
        right[moved] -= classWeights[moved];
        double here = value(sorted[k], feature);
        double next = value(sorted[k + 1], feature);
        boolean largeEnough = k + 1 >= SMALLEST_LEAF && sorted.length - k - 1 >= SMALLEST_LEAF;
        if (next > here && largeEnough) {
          double impurity = impurity(left) + impurity(right);
          best = impurity < best.impurity ? new Cut(feature, (here + next) / 2, impurity) : best;
        }
      }
      return best;
    }

    private double value(int sample, int feature) {
      return table.values()[sample][feature];
    }

    private double[] counts(int[] samples) {
      double[] counts = new double[classWeights.length];
      for (int i : samples) {
        counts[labels[i]] += classWeights[labels[i]];
      }
      return counts;
    }

    /** Gini impurity times the weight of the samples. */
    private static double impurity(double[] counts) {
      double sum = 0;
      double square = 0;
      for (double count : counts) {
        sum += count;
        square += count * count;
      }
      return sum <= 0 ? 0 : sum - square / sum;
    }

    private static int[] which(int[] samples, IntPredicate condition) {
      return IntStream.of(samples).filter(condition).toArray();
    }
  }
}
