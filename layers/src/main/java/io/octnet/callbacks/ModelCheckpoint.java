package io.octnet.callbacks;

import io.octnet.models.Callback;
import io.octnet.models.EpochReport;
import io.octnet.models.Trainer;
import java.util.Map;

/** Saves the weights after each epoch that beats all before, or after every epoch. */
public final class ModelCheckpoint implements Callback {
  private final Monitor monitor; // null: every epoch
  private final WeightStore store;
  private double best;

  private ModelCheckpoint(Monitor monitor, WeightStore store) {
    this.monitor = monitor;
    this.store = store;
    this.best = monitor == null ? Double.NaN : monitor.worst();
  }

  /** After epochs that beat all before. */
  public static ModelCheckpoint bestOnly(Monitor monitor, WeightStore store) {
    return new ModelCheckpoint(monitor, store);
  }

  /** After every epoch. */
  public static ModelCheckpoint everyEpoch(WeightStore store) {
    return new ModelCheckpoint(null, store);
  }

  @Override
  public void onEpochEnd(Trainer trainer, EpochReport report) {
    if (monitor != null) {
      double value = monitor.of(report);
      if (!monitor.isBetter(value, best, 0)) {
        return;
      }
      best = value;
    }
    store.save(trainer.model());
  }

  @Override
  public Map<String, String> state() {
    return Map.of("best", Double.toString(best));
  }

  @Override
  public void restore(Map<String, String> state) {
    best = SavedState.number(state, "best");
  }
}
