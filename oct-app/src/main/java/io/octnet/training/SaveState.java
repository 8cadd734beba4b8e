package io.octnet.training;

import io.octnet.models.Callback;
import io.octnet.models.EpochReport;
import io.octnet.models.StepReport;
import io.octnet.models.Trainer;
import io.octnet.text.Text;

/**
 * Saves the state before the first step, after each epoch and every few minutes, and passes on
 * requests to stop. It must be the last of the callbacks, so that the others have seen what it
 * saves.
 */
final class SaveState implements Callback {
  private static final System.Logger LOG = System.getLogger(SaveState.class.getName());

  /**
   * Saving takes one part in so many of the time: after an epoch shorter than a hundred savings the
   * state waits for a later one. Tests, whose epochs are of milliseconds, save more often.
   */
  private static final int SHARE = Integer.getInteger("octnet.saving.share", 100);

  private final SavedStates states;
  private final long intervalNanos;
  private final int epochs;
  private volatile boolean stopRequested;
  private long begun;
  private long saved;
  private long cost;
  private long allCosts;
  private int times;

  /**
   * Into these states.
   *
   * @param minutes how often within an epoch
   * @param epochs after the last of which it is saved whatever it costs
   */
  SaveState(SavedStates states, double minutes, int epochs) {
    this.states = states;
    this.epochs = epochs;
    this.intervalNanos = (long) (minutes * 60e9);
  }

  /** From any thread: interrupt training after the step that runs. */
  void requestStop() {
    stopRequested = true;
  }

  @Override
  public void onTrainBegin(Trainer trainer) {
    if (states.none()) { // a run can be resumed from its first step on
      save(trainer);
    }
    cost = 0; // the first saving, of code that was never run, says little of the next
    begun = System.nanoTime();
    saved = begun;
    if (stopRequested) {
      trainer.interrupt();
    }
  }

  @Override
  public void onStepEnd(Trainer trainer, StepReport report) {
    if (System.nanoTime() - saved >= intervalNanos && worthwhile()) {
      save(trainer);
    }
    if (stopRequested) {
      trainer.interrupt();
    }
  }

  @Override
  public void onEpochEnd(Trainer trainer, EpochReport report) {
    if (worthwhile() || trainer.epoch() >= epochs || trainer.stopping()) {
      save(trainer);
    }
  }

  private boolean worthwhile() {
    return System.nanoTime() - saved >= SHARE * cost;
  }

  @Override
  public void onTrainEnd(Trainer trainer) {
    double seconds = (System.nanoTime() - begun) * 1e-9;
    LOG.log(
        System.Logger.Level.DEBUG,
        () ->
            Text.format(
                "the state was saved %d times in %.2f s, %.2f %% of %.1f s",
                times, allCosts * 1e-9, allCosts * 1e-7 / seconds, seconds));
  }

  /** Saves now. */
  void save(Trainer trainer) {
    long start = System.nanoTime();
    states.save(trainer);
    saved = System.nanoTime();
    cost = saved - start;
    allCosts += cost;
    times++;
  }
}
