package io.octnet.models;

import io.octnet.text.Text;

/** A loss became NaN or infinite; the weights are those before that step. */
public final class TrainingDivergedException extends ArithmeticException {
  private final int epoch;
  private final int step;

  TrainingDivergedException(int epoch, int step, float loss) {
    super(
        Text.format(
            "the loss is %s in epoch %d, step %d; lower the learning rate, clip gradients, or look for damaged inputs",
            loss, epoch + 1, step + 1));
    this.epoch = epoch;
    this.step = step;
  }

  /** From 0. */
  public int epoch() {
    return epoch;
  }

  /** From 0. */
  public int step() {
    return step;
  }
}
