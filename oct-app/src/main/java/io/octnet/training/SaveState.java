package io.octnet.training;

import io.octnet.models.Callback;
import io.octnet.models.EpochReport;
import io.octnet.models.StepReport;
import io.octnet.models.Trainer;

/**
 * Saves the state after each epoch and every few minutes, and passes on requests to stop. It must
 * be the last of the callbacks, so that the others have seen what it saves.
 */
final class SaveState implements Callback {
  /** Within an epoch, saving takes at most a hundredth of the time. */
  private static final int SHARE = 100;

  private final SavedStates states;
  private final long intervalNanos;
  private volatile boolean stopRequested;
  private long saved;
  private long cost;

  /**
   * Into these states.
   *
   * @param minutes how often within an epoch
   */
  SaveState(SavedStates states, double minutes) {
    this.states = states;
    this.intervalNanos = (long) (minutes * 60e9);
  }

  /** From any thread: interrupt training after the step that runs. */
  void requestStop() {
    stopRequested = true;
  }

  @Override
  public void onTrainBegin(Trainer trainer) {
    saved = System.nanoTime();
    if (stopRequested) {
      trainer.interrupt();
    }
  }

  @Override
  public void onStepEnd(Trainer trainer, StepReport report) {
    long since = System.nanoTime() - saved;
    if (since >= intervalNanos && since >= SHARE * cost) {
      save(trainer);
    }
    if (stopRequested) {
      trainer.interrupt();
    }
  }

  @Override
  public void onEpochEnd(Trainer trainer, EpochReport report) {
    save(trainer);
  }

  /** Saves now. */
  void save(Trainer trainer) {
    long start = System.nanoTime();
    states.save(trainer);
    saved = System.nanoTime();
    cost = saved - start;
  }
}
