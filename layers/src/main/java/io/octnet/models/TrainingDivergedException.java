package io.octnet.models;

import io.octnet.text.Text;

/** A loss or a weight became NaN or infinite: in a step, or seen at the end of an epoch. */
public final class TrainingDivergedException extends ArithmeticException {
  private static final String WAY_OUT =
      "; lower the learning rate, clip gradients, or look for damaged inputs";

  private final int epoch;
  private final int step; // -1: the epoch ended

  TrainingDivergedException(int epoch, int step, float loss) {
    this(
        Text.format("the loss is %s in epoch %d, step %d", loss, epoch + 1, step + 1), epoch, step);
  }

  /** Of the validation after an epoch, from 0. */
  static TrainingDivergedException atValidation(int epoch, double loss) {
    String what = Text.format("the validation loss is %s in epoch %d", loss, epoch + 1);
    return new TrainingDivergedException(what, epoch, -1);
  }

  /** Of a parameter, while the loss is still finite. */
  static TrainingDivergedException ofWeights(int epoch, String path) {
    String what = Text.format("the weights %s are not finite in epoch %d", path, epoch + 1);
    return new TrainingDivergedException(what, epoch, -1);
  }

  private TrainingDivergedException(String what, int epoch, int step) {
    super(what + WAY_OUT);
    this.epoch = epoch;
    this.step = step;
  }

  /** From 0. */
  public int epoch() {
    return epoch;
  }

  /** Whether it was the loss of a step, so that {@link #step} says which. */
  public boolean inStep() {
    return step >= 0;
  }

  /** From 0. */
  public int step() {
    return step;
  }
}
