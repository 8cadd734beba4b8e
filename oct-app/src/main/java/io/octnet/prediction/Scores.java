package io.octnet.prediction;

import io.octnet.split.Part;
import io.octnet.split.Split;
import java.util.ArrayList;
import java.util.List;

/**
 * How good predictions are on one part of a split.
 *
 * @param logLoss mean of {@code -ln p(true class)}, p at least 1e-15
 * @param accuracy share of images whose likeliest class is the true one; for one label an image it
 *     equals F1-micro
 * @param f1Macro mean over the classes of {@code 2 TP / (2 TP + FP + FN)}, 0 for a class that
 *     neither occurs nor is predicted
 */
public record Scores(Part part, int images, double logLoss, double accuracy, double f1Macro) {
  private static final double SMALLEST = 1e-15;

  /** Of every part that has images. */
  public static List<Scores> of(Predictions predictions) {
    List<Scores> scores = new ArrayList<>();
    for (Part part : Part.values()) {
      if (predictions.split().indices(part).length > 0) {
        scores.add(of(predictions, part));
      }
    }
    return scores;
  }

  private static Scores of(Predictions predictions, Part part) {
    Split split = predictions.split();
    int[] indices = split.indices(part);
    int classes = split.catalogue().classes().size();
    int[][] confusion = new int[classes][classes]; // rows true, columns predicted
    double loss = 0;
    for (int i : indices) {
      float[] p = predictions.probabilities()[i];
      int label = split.catalogue().scans().get(i).label();
      confusion[label][Predictions.likeliest(p)]++;
      loss -= Math.log(Math.max(SMALLEST, p[label]));
    }
    double correct = 0;
    double f1 = 0;
    for (int c = 0; c < classes; c++) {
      correct += confusion[c][c];
      f1 += f1(confusion, c) / classes;
    }
    int n = indices.length;
    return new Scores(part, n, loss / n, correct / n, f1);
  }

  private static double f1(int[][] confusion, int c) {
    int occurs = 0;
    int predicted = 0;
    for (int k = 0; k < confusion.length; k++) {
      occurs += confusion[c][k];
      predicted += confusion[k][c];
    }
    return occurs + predicted == 0 ? 0 : 2.0 * confusion[c][c] / (occurs + predicted);
  }

  /** A table, a line a part. */
  public static String table(List<Scores> scores) {
    StringBuilder text = new StringBuilder();
    text.append(
        "%-11s %7s %9s %9s %9s".formatted("", "images", "log-loss", "accuracy", "F1-macro"));
    for (Scores s : scores) {
      text.append(
          "%n%-11s %7d %9.4f %9.4f %9.4f"
              .formatted(s.part.csvName(), s.images, s.logLoss, s.accuracy, s.f1Macro));
    }
    return text.toString();
  }
}
