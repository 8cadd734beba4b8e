package io.octnet.evaluation;

import java.util.ArrayList;
import java.util.List;

/** Whether a model that says 0.8 is right in 8 of 10 cases (Guo et al., 2017). */
public final class Calibration {
  private static final int BINS = 15;
  private static final double SMALLEST = 1e-12;
  private static final double LOWEST = 0.05;
  private static final double HIGHEST = 20;

  private Calibration() {}

  /** The images whose confidence, max p, is in {@code (k/15, (k+1)/15]}; a point of the plot. */
  public record Bin(int count, double confidenceSum, int correct) {}

  /** The calibration curve. */
  public static List<Bin> bins(List<Prediction> images) {
    int[] count = new int[BINS];
    double[] sum = new double[BINS];
    int[] correct = new int[BINS];
    for (Prediction p : images) {
      double c = p.confidence();
      int bin = Math.clamp((int) Math.ceil(BINS * c) - 1, 0, BINS - 1);
      count[bin]++;
      sum[bin] += c;
      correct[bin] += p.correct() ? 1 : 0;
    }
    List<Bin> bins = new ArrayList<>();
    for (int k = 0; k < BINS; k++) {
      bins.add(new Bin(count[k], sum[k], correct[k]));
    }
    return bins;
  }

  /** Expected calibration error: sum over bins of {@code |correct - sum of confidence| / n}. */
  public static double error(List<Prediction> images) {
    double sum = 0;
    for (Bin bin : bins(images)) {
      sum += Math.abs(bin.correct - bin.confidenceSum);
    }
    return sum / images.size();
  }

  /**
   * The temperature T in 0.05..20 that minimises the mean of {@code -log softmax(log p / T)[y]}; a
   * bound where the minimum is not inside, 1 where any gives the same.
   */
  public static double temperature(List<Prediction> images) {
    double low = 1 / HIGHEST;
    double high = 1 / LOWEST;
    if (images.stream().allMatch(p -> flat(logits(p)))) {
      return 1;
    }
    if (slope(images, high) <= 0) {
      return LOWEST;
    }
    if (slope(images, low) >= 0) {
      return HIGHEST;
    }
    for (int i = 0; i < 100; i++) { // the slope rises with 1/T, so halving finds its root
      double middle = (low + high) / 2;
      if (slope(images, middle) < 0) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return 2 / (low + high);
  }

  /** Derivative of the loss by b = 1/T, times n: sum of {@code softmax(b z)_k (z_k - z_y)}. */
  private static double slope(List<Prediction> images, double b) {
    double slope = 0;
    for (Prediction p : images) {
      double[] z = logits(p);
      double[] s = softmax(z, b);
      for (int k = 0; k < z.length; k++) {
        slope += s[k] * (z[k] - z[p.label()]);
      }
    }
    return slope;
  }

  /** The same predictions at a temperature. */
  public static List<Prediction> at(double temperature, List<Prediction> images) {
    return images.stream()
        .map(p -> p.withProbabilities(softmax(logits(p), 1 / temperature)))
        .toList();
  }

  private static boolean flat(double[] z) {
    for (double v : z) {
      if (v != z[0]) {
        return false;
      }
    }
    return true;
  }

  private static double[] logits(Prediction p) {
    double[] z = new double[p.probabilities().length];
    for (int k = 0; k < z.length; k++) {
      z[k] = Math.log(Math.max(p.probabilities()[k], SMALLEST));
    }
    return z;
  }

  private static double[] softmax(double[] z, double b) {
    double max = Double.NEGATIVE_INFINITY;
    for (double v : z) {
      max = Math.max(max, v);
    }
    double[] s = new double[z.length];
    double sum = 0;
    for (int k = 0; k < z.length; k++) {
      s[k] = Math.exp(b * (z[k] - max));
      sum += s[k];
    }
    for (int k = 0; k < z.length; k++) {
      s[k] /= sum;
    }
    return s;
  }
}
