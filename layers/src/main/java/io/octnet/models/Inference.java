package io.octnet.models;

import io.octnet.autograd.Autograd;
import io.octnet.layers.Pass;
import io.octnet.tensor.Tensor;

/**
 * A model prepared for predictions with the weights it has now: batch norms are folded into the
 * convolutions before or after them, activations and sums are done while a convolution stores its
 * result, and the back-end may keep transformed kernels. Changed weights need another one.
 *
 * <p>Results agree with {@link Model#predict} up to rounding.
 */
public final class Inference implements AutoCloseable {
  private final Model model;
  private final Program program;
  private boolean closed;

  private Inference(Model model) {
    this.model = model;
    this.program = new InferenceFusion(model.graph()).program();
    program.steps().forEach(step -> step.kernel().prepare());
  }

  /** Prepares a model. Close it before the weights change. */
  public static Inference of(Model model) {
    return new Inference(model);
  }

  /**
   * The output for a batch, one hold of the caller's.
   *
   * @param x the batch axis, then the model's input shape; not released
   */
  public Tensor predict(Tensor x) {
    return Autograd.noGrad(() -> run(x, false));
  }

  /**
   * What the closing softmax would be applied to.
   *
   * @throws IllegalStateException if the model does not end in a softmax
   */
  public Tensor logits(Tensor x) {
    model.checkClassifier();
    return Autograd.noGrad(() -> run(x, true));
  }

  private Tensor run(Tensor x, boolean logits) {
    if (closed) {
      throw new IllegalStateException("this inference was closed; prepare the model again");
    }
    model.checkInput(x);
    return program.run(x, Pass.INFERENCE, logits, (place, value) -> {});
  }

  /** Lets the back-end forget what it kept of the weights. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    program.steps().forEach(step -> step.kernel().close());
  }
}
