package io.octnet.evaluation;

import io.octnet.text.Text;

/**
 * What a model said of one image.
 *
 * @param patient empty where unknown
 * @param split {@code train}, {@code validation} or {@code test}
 * @param label index of the true class
 * @param probabilities (classes), not renormalised
 */
public record Prediction(
    String file, String patient, String split, int label, double[] probabilities) {

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException when the label is no class, or a probability is outside 0..1
   */
  public Prediction {
    if (label < 0 || label >= probabilities.length) {
      throw new IllegalArgumentException(
          Text.format("%s: label %d; expected 0 to %d", file, label, probabilities.length - 1));
    }
    for (double p : probabilities) {
      if (!(p >= 0 && p <= 1 + 1e-5)) { // also false for NaN; a softmax in float may round up
        throw new IllegalArgumentException(
            Text.format("%s: probability %s; expected 0 to 1", file, p));
      }
    }
  }

  /** The first of the likeliest classes. */
  public int predicted() {
    int best = 0;
    for (int c = 1; c < probabilities.length; c++) {
      if (probabilities[c] > probabilities[best]) {
        best = c;
      }
    }
    return best;
  }

  double confidence() {
    return probabilities[predicted()];
  }

  boolean correct() {
    return predicted() == label;
  }

  /** Whose image it is; an image of nobody known stands for itself. */
  String group() {
    return patient.isEmpty() ? "file " + file : "patient " + patient;
  }
}
