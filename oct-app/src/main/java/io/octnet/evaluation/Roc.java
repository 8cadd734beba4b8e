package io.octnet.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Positives told from negatives by a score: a point for each distinct score from the highest, after
 * one where nothing is called positive.
 */
public record Roc(int positives, int negatives, List<Point> points) {

  /** What is called positive when the score is at least the threshold. */
  public record Point(double threshold, int truePositives, int falsePositives) {}

  /** The curve of these images. */
  public static Roc of(
      List<Prediction> images, ToDoubleFunction<Prediction> score, Predicate<Prediction> positive) {
    int n = images.size();
    double[] scores = images.stream().mapToDouble(score).toArray();
    Integer[] order = IntStream.range(0, n).boxed().toArray(Integer[]::new);
    Arrays.sort(order, Comparator.comparingDouble(i -> -scores[i]));
    List<Point> points = new ArrayList<>();
    points.add(new Point(Double.POSITIVE_INFINITY, 0, 0));
    int tp = 0;
    int fp = 0;
    for (int k = 0; k < n; k++) {
      if (positive.test(images.get(order[k]))) {
        tp++;
      } else {
        fp++;
      }
      if (k + 1 == n || scores[order[k + 1]] < scores[order[k]]) {
        points.add(new Point(scores[order[k]], tp, fp));
      }
    }
    return new Roc(tp, fp, List.copyOf(points));
  }

  /** Of one class against the rest. */
  public static Roc ofClass(List<Prediction> images, int c) {
    return of(images, p -> p.probabilities()[c], p -> p.label() == c);
  }

  /** Whether there is somebody on both sides. */
  public boolean defined() {
    return positives > 0 && negatives > 0;
  }

  /** Share of pairs in the right order, ties half; NaN without both sides. */
  public double auc() {
    if (!defined()) {
      return Double.NaN;
    }
    double twice = 0; // in whole pairs: exact
    for (int k = 1; k < points.size(); k++) {
      Point a = points.get(k - 1);
      Point b = points.get(k);
      twice += (double) (b.falsePositives - a.falsePositives) * (a.truePositives + b.truePositives);
    }
    return twice / (2.0 * positives * negatives);
  }

  /** Sum of recall step times precision, without interpolation; NaN without both sides. */
  public double averagePrecision() {
    if (!defined()) {
      return Double.NaN;
    }
    double sum = 0;
    for (int k = 1; k < points.size(); k++) {
      Point b = points.get(k);
      int step = b.truePositives - points.get(k - 1).truePositives;
      sum += (double) step / positives * b.truePositives / (b.truePositives + b.falsePositives);
    }
    return sum;
  }

  /** TP / positives. */
  public double sensitivity(Point point) {
    return (double) point.truePositives / positives;
  }

  /** TN / negatives. */
  public double specificity(Point point) {
    return (double) (negatives - point.falsePositives) / negatives;
  }

  /**
   * The highest sensitivity at a specificity of at least so many percent; of several thresholds the
   * highest.
   */
  public Point operatingPoint(int percent) {
    Point best = points.getFirst();
    for (Point point : points) {
      boolean specific = 100L * (negatives - point.falsePositives) >= (long) percent * negatives;
      if (specific && point.truePositives > best.truePositives) {
        best = point;
      }
    }
    return best;
  }
}
