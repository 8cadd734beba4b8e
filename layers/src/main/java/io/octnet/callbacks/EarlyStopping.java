package io.octnet.callbacks;

import io.octnet.models.Callback;
import io.octnet.models.EpochReport;
import io.octnet.models.Trainer;
import java.util.Map;

/**
 * Stops when the monitored value has not improved for some epochs, and puts the best epoch's
 * weights back when training ends, by itself or not.
 *
 * <p>Keras's rules, with one knowing difference: Keras 3 takes the first value as the best even if
 * it is NaN, which nothing beats afterwards; here, as in Keras 2, any number beats it.
 */
public final class EarlyStopping implements Callback {
  private final Monitor monitor;
  private final int patience;
  private final WeightStore store;
  private double best;
  private int bestEpoch = -1;
  private int wait;

  /**
   * With a store for the best weights.
   *
   * @param patience epochs without improvement after which to stop
   * @param store where the best weights wait; null to end with the last ones
   */
  public EarlyStopping(Monitor monitor, int patience, WeightStore store) {
    if (patience < 0) {
      throw new IllegalArgumentException("patience must not be negative, received " + patience);
    }
    this.monitor = monitor;
    this.patience = patience;
    this.store = store;
    this.best = monitor.worst();
  }

  @Override
  public void onEpochEnd(Trainer trainer, EpochReport report) {
    double value = monitor.of(report);
    boolean better = monitor.isBetter(value, best, 0);
    if (better || bestEpoch < 0) { // something must be there to be put back, were all values NaN
      bestEpoch = report.epoch();
      if (store != null) {
        store.save(trainer.model());
      }
    }
    if (better) {
      best = value;
      wait = 0;
      return;
    }
    wait++;
    if (wait >= patience && report.epoch() > 0) {
      trainer.stopTraining();
    }
  }

  @Override
  public void onTrainEnd(Trainer trainer) {
    wait = 0; // whoever trains on is given the same patience
    if (store != null && bestEpoch >= 0) {
      store.load(trainer.model());
    }
  }

  /** The best epoch so far, from 0; -1 before the first. */
  public int bestEpoch() {
    return bestEpoch;
  }

  /** The monitored value there. */
  public double best() {
    return best;
  }

  @Override
  public Map<String, String> state() {
    return Map.of(
        "best", Double.toString(best),
        "best_epoch", Integer.toString(bestEpoch),
        "wait", Integer.toString(wait));
  }

  @Override
  public void restore(Map<String, String> state) {
    best = SavedState.number(state, "best");
    bestEpoch = SavedState.integer(state, "best_epoch");
    wait = SavedState.integer(state, "wait");
  }
}
