package io.octnet.models;

import io.octnet.autograd.Autograd;
import io.octnet.tensor.Tensor;
import java.util.List;

/**
 * A model prepared for predictions with the weights it has now: batch norms are folded into the
 * convolutions before or after them, activations and sums are done while a convolution stores its
 * result, and the back-end may keep transformed kernels. Changed weights need another one.
 *
 * <p>Results agree with {@link Model#predict} up to rounding.
 */
public final class Inference implements AutoCloseable {
  private final Model model;
  private final List<Step> steps;
  private final int[] readers; // of each node's output, by the steps and the caller

  private Inference(Model model) {
    this.model = model;
    this.steps = new Fusion(model).steps();
    this.readers = new int[model.nodes().size()];
    steps.forEach(step -> step.inputs().forEach(k -> readers[k]++));
    readers[readers.length - 1]++;
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
    model.checkInput(x);
    Tensor[] values = new Tensor[readers.length];
    int[] unread = readers.clone();
    values[0] = x.retain();
    for (Step step : steps) {
      List<Tensor> inputs = step.inputs().stream().map(k -> values[k]).toList();
      values[step.place()] = step.kernel().run(inputs, logits);
      for (int k : step.inputs()) {
        if (--unread[k] == 0) {
          values[k].release();
        }
      }
    }
    return values[values.length - 1];
  }

  /** Lets the back-end forget what it kept of the weights. */
  @Override
  public void close() {
    steps.forEach(step -> step.kernel().close());
  }
}
