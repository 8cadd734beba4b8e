package io.octnet.evaluation;

import java.util.List;
import java.util.stream.IntStream;

/**
 * How often each class was taken for each.
 *
 * @param counts (classes, classes), rows true, columns predicted
 */
public record Confusion(int[][] counts) {

  /** Counts predictions. */
  public static Confusion of(List<Prediction> predictions, int classes) {
    int[][] counts = new int[classes][classes];
    for (Prediction p : predictions) {
      counts[p.label()][p.predicted()]++;
    }
    return new Confusion(counts);
  }

  int total() {
    int total = 0;
    for (int c = 0; c < counts.length; c++) {
      total += support(c);
    }
    return total;
  }

  int correct() {
    int correct = 0;
    for (int c = 0; c < counts.length; c++) {
      correct += counts[c][c];
    }
    return correct;
  }

  /** Images of class c. */
  public int support(int c) {
    int sum = 0;
    for (int count : counts[c]) {
      sum += count;
    }
    return sum;
  }

  private int predicted(int c) {
    int sum = 0;
    for (int[] row : counts) {
      sum += row[c];
    }
    return sum;
  }

  /** {@code correct / images}; with one label an image this is F1-micro, too. */
  public double accuracy() {
    return (double) correct() / total();
  }

  /** {@code TP / (TP + FP)}, 0 for a class never predicted. */
  public double precision(int c) {
    return ratio(counts[c][c], predicted(c));
  }

  /** {@code TP / (TP + FN)}, 0 for a class that does not occur. */
  public double recall(int c) {
    return ratio(counts[c][c], support(c));
  }

  /** {@code 2 TP / (2 TP + FP + FN)}, 0 for a class that neither occurs nor is predicted. */
  public double f1(int c) {
    return ratio(2 * counts[c][c], support(c) + predicted(c));
  }

  /** The classes that occur, by number. */
  public int[] present() {
    return IntStream.range(0, counts.length).filter(c -> support(c) > 0).toArray();
  }

  /** Mean F1 of these classes: of an absent one nothing is known, and it says nothing. */
  public double f1Macro(int[] classes) {
    return IntStream.of(classes).mapToDouble(this::f1).sum() / classes.length;
  }

  /** Cohen's {@code (accuracy - chance) / (1 - chance)}; NaN where chance agreement is 1. */
  public double kappa() {
    double chance = 0;
    double n = total();
    for (int c = 0; c < counts.length; c++) {
      chance += (double) support(c) * predicted(c);
    }
    double outOf = n * n - chance;
    return outOf == 0 ? Double.NaN : (n * correct() - chance) / outOf;
  }

  private static double ratio(int a, int b) {
    return b == 0 ? 0 : (double) a / b;
  }
}
