package io.octnet.callbacks;

import io.octnet.models.EpochReport;
import io.octnet.models.Evaluation;
import io.octnet.text.Text;

/** The number that decides whether an epoch was better. */
public enum Monitor {
  /** Validation loss, the smaller the better. */
  VAL_LOSS,
  /** Validation accuracy, the larger the better. */
  VAL_ACCURACY,
  /** Training loss, the smaller the better. */
  LOSS,
  /** Training accuracy, the larger the better. */
  ACCURACY;

  /**
   * Its value after an epoch.
   *
   * @throws IllegalStateException if it is a validation value and nothing was validated
   */
  double of(EpochReport report) {
    boolean validation = this == VAL_LOSS || this == VAL_ACCURACY;
    Evaluation evaluation = validation ? report.validation() : report.training();
    if (evaluation == null) {
      throw new IllegalStateException(
          Text.format(
              "a callback monitors %s, but there is no validation set; give one, or monitor LOSS or ACCURACY",
              this));
    }
    if (!isLoss() && Double.isNaN(evaluation.accuracy())) {
      throw new IllegalStateException(
          Text.format(
              "a callback monitors %s, but the loss has no accuracy; monitor LOSS or VAL_LOSS",
              this));
    }
    return isLoss() ? evaluation.loss() : evaluation.accuracy();
  }

  /** Worse than any number. */
  double worst() {
    return isLoss() ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
  }

  /** Whether a value beats the best; NaN beats nothing. */
  boolean isBetter(double value, double best, double minDelta) {
    return isLoss() ? value < best - minDelta : value > best + minDelta;
  }

  private boolean isLoss() {
    return this == VAL_LOSS || this == LOSS;
  }
}
