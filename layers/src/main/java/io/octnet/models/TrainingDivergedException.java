package io.octnet.models;

/** A loss became NaN or infinite; the weights are those before that step. */
public final class TrainingDivergedException extends ArithmeticException {
  private final int epoch;
  private final int step;

  TrainingDivergedException(int epoch, int step, float loss) {
    super(
        "the loss is %s in epoch %d, step %d; lower the learning rate, clip gradients, or look for damaged inputs"
            .formatted(loss, epoch + 1, step + 1));
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
