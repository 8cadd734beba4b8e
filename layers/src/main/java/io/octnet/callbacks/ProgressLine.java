package io.octnet.callbacks;

import io.octnet.models.Callback;
import io.octnet.models.EpochReport;
import io.octnet.models.Evaluation;
import io.octnet.models.StepReport;
import io.octnet.models.Trainer;
import io.octnet.text.Text;
import java.util.function.Consumer;

/**
 * Tells how training goes: while an epoch runs a line that replaces the one before, after it one
 * that stays.
 */
public final class ProgressLine implements Callback {
  private static final long INTERVAL_NANOS = 200_000_000;

  private final int epochs;
  private final Consumer<String> running;
  private final Consumer<String> finished;
  private long epochStart;
  private long lastShown;
  private long examplesBefore = -1;

  /**
   * To these receivers.
   *
   * @param epochs how many there will be at most
   * @param running receives a line at most five times a second; does nothing where no terminal is
   * @param finished receives a line an epoch
   */
  public ProgressLine(int epochs, Consumer<String> running, Consumer<String> finished) {
    this.epochs = epochs;
    this.running = running;
    this.finished = finished;
  }

  @Override
  public void onEpochBegin(Trainer trainer, int epoch) {
    epochStart = System.nanoTime();
    lastShown = 0;
    examplesBefore = -1;
  }

  @Override
  public void onStepEnd(Trainer trainer, StepReport report) {
    long now = System.nanoTime();
    Evaluation soFar = report.soFar();
    if (examplesBefore < 0) { // the first step here warms up: measure from its end
      examplesBefore = soFar.examples();
      epochStart = now;
      return;
    }
    if (now - lastShown < INTERVAL_NANOS) {
      return;
    }
    lastShown = now;
    double speed = (soFar.examples() - examplesBefore) / ((now - epochStart) * 1e-9);
    double perStep = (double) soFar.examples() / (report.step() + 1);
    double left = (report.steps() - report.step() - 1) * perStep / speed;
    running.accept(
        Text.format(
            "epoch %d/%d  step %d/%d  loss %.4f  accuracy %.4f  %.1f images/s  %s left",
            report.epoch() + 1,
            epochs,
            report.step() + 1,
            report.steps(),
            soFar.loss(),
            soFar.accuracy(),
            speed,
            time(left)));
  }

  @Override
  public void onEpochEnd(Trainer trainer, EpochReport report) {
    Evaluation training = report.training();
    Evaluation validation = report.validation();
    String validated =
        validation == null
            ? ""
            : Text.format(
                "  val_loss %.4f  val_accuracy %.4f", validation.loss(), validation.accuracy());
    finished.accept(
        Text.format(
            "epoch %d/%d  loss %.4f  accuracy %.4f%s  learning rate %.3g  %s  %.1f images/s",
            report.epoch() + 1,
            epochs,
            training.loss(),
            training.accuracy(),
            validated,
            report.learningRate(),
            time(report.seconds()),
            report.imagesPerSecond()));
  }

  private static String time(double seconds) {
    long whole = Math.round(seconds);
    return whole < 60
        ? whole + " s"
        : whole < 3600
            ? Text.format("%d:%02d min", whole / 60, whole % 60)
            : Text.format("%d:%02d h", whole / 3600, whole % 3600 / 60);
  }
}
