package io.octnet.ops;

import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;
import io.octnet.text.Text;
import java.util.Arrays;

/**
 * What a model is trained towards: for each example a distribution over the classes, or whatever
 * numbers its loss compares with the output; and the weight of each example in the mean.
 *
 * @param classes how many numbers an example has
 * @param distribution (N, C), row-major: one-hot, or any non-negative weights, or numbers
 * @param weights (N): factors of the examples' losses
 */
public record Targets(int batch, int classes, float[] distribution, float[] weights) {

  public Targets {
    if (distribution.length != (long) batch * classes || weights.length != batch) {
      throw new IllegalArgumentException(
          Text.format(
              "targets of %d examples and %d classes need %d values and %d weights, received %d and %d",
              batch, classes, (long) batch * classes, batch, distribution.length, weights.length));
    }
  }

  /**
   * One-hot or soft targets.
   *
   * @param distribution (N, C)
   */
  public static Targets of(Tensor distribution) {
    Check.rank("targets", "the distribution", distribution, 2, "(N, C)");
    float[] weights = new float[distribution.dim(0)];
    Arrays.fill(weights, 1);
    return new Targets(distribution.dim(0), distribution.dim(1), distribution.toArray(), weights);
  }

  /** Numbers, (N, ...), that an output should be. */
  public static Targets values(Tensor y) {
    Check.rankAtLeast("targets", "the values", y, 1);
    float[] weights = new float[y.dim(0)];
    Arrays.fill(weights, 1);
    return new Targets(y.dim(0), y.size() / y.dim(0), y.toArray(), weights);
  }

  /**
   * The one true class of each example.
   *
   * @throws IllegalArgumentException if a label is none of {@code 0..classes-1}
   */
  public static Targets of(int[] labels, int classes) {
    float[] oneHot = new float[Shape.of(labels.length, classes).size()];
    for (int n = 0; n < labels.length; n++) {
      Check.that(
          labels[n] >= 0 && labels[n] < classes,
          "targets",
          "label %d of example %d is not one of the %d classes 0 to %d",
          labels[n],
          n,
          classes,
          classes - 1);
      oneHot[n * classes + labels[n]] = 1;
    }
    float[] weights = new float[labels.length];
    Arrays.fill(weights, 1);
    return new Targets(labels.length, classes, oneHot, weights);
  }

  /** With a weight per example, on top of those already there. */
  public Targets weighted(float... sampleWeights) {
    Check.that(
        sampleWeights.length == batch,
        "targets",
        "%d examples need as many weights, received %d",
        batch,
        sampleWeights.length);
    float[] product = weights.clone();
    for (int n = 0; n < batch; n++) {
      product[n] *= sampleWeights[n];
    }
    return new Targets(batch, classes, distribution, product);
  }

  /**
   * With Keras's class weights: each example weighs as its likeliest class (the first of equals).
   */
  public Targets classWeighted(float... classWeights) {
    Check.that(
        classWeights.length == classes,
        "targets",
        "%d classes need as many weights, received %d",
        classes,
        classWeights.length);
    float[] sampleWeights = new float[batch];
    for (int n = 0; n < batch; n++) {
      int likeliest = 0;
      for (int c = 1; c < classes; c++) {
        if (distribution[n * classes + c] > distribution[n * classes + likeliest]) {
          likeliest = c;
        }
      }
      sampleWeights[n] = classWeights[likeliest];
    }
    return weighted(sampleWeights);
  }

  /** With label smoothing: {@code target * (1 - smoothing) + smoothing / classes}. */
  public Targets smoothed(float smoothing) {
    Check.that(
        smoothing >= 0 && smoothing <= 1,
        "targets",
        "label smoothing must lie in [0, 1], received %s",
        smoothing);
    float[] smooth = new float[distribution.length];
    for (int i = 0; i < smooth.length; i++) {
      smooth[i] = (float) (distribution[i] * (1.0 - smoothing) + (double) smoothing / classes);
    }
    return new Targets(batch, classes, smooth, weights);
  }

  /** For losses: the tensor they compare with these targets must be (N, C). */
  void check(String op, String name, Tensor tensor) {
    Check.that(
        tensor.shape().equals(Shape.of(batch, classes)),
        op,
        "%s has shape %s, the targets %s; they must be equal",
        name,
        tensor.shape(),
        Shape.of(batch, classes));
  }
}
