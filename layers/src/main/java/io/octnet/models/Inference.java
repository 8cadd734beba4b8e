package io.octnet.models;

import io.octnet.autograd.Autograd;
import io.octnet.layers.Pass;
import io.octnet.tensor.Tensor;

/**
 * A model prepared for predictions with the weights it has now: changed weights need another one.
 * Results agree with {@link Model#predict} up to rounding.
 */
public final class Inference implements AutoCloseable {
  private final Model model;

  private Inference(Model model) {
    this.model = model;
  }

  /** Prepares a model. */
  public static Inference of(Model model) {
    return new Inference(model);
  }

  /**
   * The output for a batch, one hold of the caller's.
   *
   * @param x the batch axis, then the model's input shape; not released
   */
  public Tensor predict(Tensor x) {
    return Autograd.noGrad(() -> model.forward(x, Pass.INFERENCE));
  }

  /** What the closing softmax would be applied to. */
  public Tensor logits(Tensor x) {
    return Autograd.noGrad(() -> model.logits(x, Pass.INFERENCE));
  }

  @Override
  public void close() {}
}
