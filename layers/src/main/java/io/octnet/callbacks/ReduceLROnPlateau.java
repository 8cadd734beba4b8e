package io.octnet.callbacks;

import io.octnet.models.Callback;
import io.octnet.models.EpochReport;
import io.octnet.models.Trainer;
import io.octnet.text.Text;
import java.util.Map;

/**
 * Multiplies the learning rate by a factor when the monitored value has not improved by more than
 * minDelta for some epochs. The best value moves only with such an improvement, so that a creeping
 * loss cuts the rate again and again, as in Keras.
 */
public final class ReduceLROnPlateau implements Callback {
  private final Monitor monitor;
  private final double factor;
  private final int patience;
  private final double minDelta;
  private final double minRate;
  private double best;
  private int wait;

  /**
   * With these rules.
   *
   * @param factor below 1
   * @param patience epochs without improvement after which to cut
   * @param minDelta what counts as an improvement
   * @param minRate where cutting ends
   */
  public ReduceLROnPlateau(
      Monitor monitor, double factor, int patience, double minDelta, double minRate) {
    if (!(factor > 0 && factor < 1)) {
      throw new IllegalArgumentException("the factor must lie in (0, 1), received " + factor);
    }
    if (patience < 0 || !(minDelta >= 0) || !(minRate >= 0)) {
      throw new IllegalArgumentException(
          Text.format(
              "patience, minDelta and minRate must not be negative, received %d, %s, %s",
              patience, minDelta, minRate));
    }
    this.monitor = monitor;
    this.factor = factor;
    this.patience = patience;
    this.minDelta = minDelta;
    this.minRate = minRate;
    this.best = monitor.worst();
  }

  @Override
  public void onEpochEnd(Trainer trainer, EpochReport report) {
    double value = monitor.of(report);
    if (monitor.isBetter(value, best, minDelta)) {
      best = value;
      wait = 0;
      return;
    }
    wait++;
    float rate = trainer.optimizer().learningRate();
    if (wait >= patience && rate > (float) minRate) {
      trainer.optimizer().setLearningRate((float) Math.max(rate * factor, minRate));
      wait = 0;
    }
  }

  @Override
  public Map<String, String> state() {
    return Map.of("best", Double.toString(best), "wait", Integer.toString(wait));
  }

  @Override
  public void restore(Map<String, String> state) {
    best = SavedState.number(state, "best");
    wait = SavedState.integer(state, "wait");
  }
}
