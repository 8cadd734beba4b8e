package io.octnet.training;

import io.octnet.models.Callback;
import io.octnet.models.EpochReport;
import io.octnet.models.Trainer;
import io.octnet.report.Report;
import io.octnet.runs.RunFolder;

/**
 * Shows a training while it runs: TensorBoard's events grow epoch by epoch, and the page says how
 * far it is. After the history's logger among the callbacks.
 */
record LiveReport(RunFolder run, int epochs) implements Callback {
  @Override
  public void onTrainBegin(Trainer trainer) {
    Report.begin(run, trainer.epoch(), epochs);
  }

  @Override
  public void onEpochEnd(Trainer trainer, EpochReport report) {
    Report.epochDone(run, epochs);
  }
}
