package io.octnet.evaluation;

import io.octnet.text.Text;

/**
 * What a model said of one image.
 *
 * @param patient empty where unknown
 * @param eye {@code left}, {@code right}, or empty
 * @param volume that it is a scan of; empty where unknown
 * @param split {@code train}, {@code validation} or {@code test}
 * @param label index of the true class
 * @param probabilities (classes), not renormalised
 * @param referral the score by which it is referred; NaN: what its probabilities give
 */
public record Prediction(
    String file,
    String patient,
    String eye,
    String volume,
    String split,
    int label,
    double[] probabilities,
    double referral) {

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

  /** Of a scan of which neither eye nor volume is known. */
  public Prediction(String file, String patient, String split, int label, double[] probabilities) {
    this(file, patient, "", "", split, label, probabilities, Double.NaN);
  }

  /** The same scan with other probabilities. */
  Prediction withProbabilities(double[] other) {
    return new Prediction(file, patient, eye, volume, split, label, other, referral);
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
