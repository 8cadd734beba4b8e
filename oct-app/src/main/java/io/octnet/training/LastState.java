package io.octnet.training;

import io.octnet.models.Callback;
import io.octnet.models.EpochReport;
import io.octnet.models.StepReport;
import io.octnet.models.Trainer;
import io.octnet.models.WeightFiles;
import io.octnet.runs.ModelInfo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** Saves the weights and where training is: after each epoch, and when it is interrupted. */
final class LastState implements Callback {
  private final Path file;
  private final ModelInfo info;
  private volatile boolean stopRequested;

  LastState(Path file, ModelInfo info) {
    this.file = file;
    this.info = info;
  }

  /** From any thread: interrupt training after the step that runs. */
  void requestStop() {
    stopRequested = true;
  }

  @Override
  public void onEpochBegin(Trainer trainer, int epoch) {
    passOn(trainer);
  }

  @Override
  public void onStepEnd(Trainer trainer, StepReport report) {
    passOn(trainer);
  }

  private void passOn(Trainer trainer) {
    if (stopRequested) {
      trainer.interrupt();
    }
  }

  @Override
  public void onEpochEnd(Trainer trainer, EpochReport report) {
    save(trainer);
  }

  void save(Trainer trainer) {
    try {
      WeightFiles.saveTraining(trainer, file, info.texts());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file + ": " + e.getMessage(), e);
    }
  }
}
