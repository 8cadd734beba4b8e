package io.octnet.autograd;

/** The loss is NaN or infinite, so that its gradients would spoil every weight they reach. */
public final class NonFiniteLossException extends ArithmeticException {
  private final float loss;

  NonFiniteLossException(float loss) {
    super(
        "the loss is "
            + loss
            + ", which has no gradient; lower the learning rate, clip gradients, or look for NaN in the inputs");
    this.loss = loss;
  }

  /** The loss: NaN or an infinity. */
  public float loss() {
    return loss;
  }
}
