package io.octnet.models;

import io.octnet.autograd.Autograd;
import io.octnet.compute.Backend;
import io.octnet.fusion.InferenceProgram;
import io.octnet.fusion.Program;
import io.octnet.layers.Parameter;
import io.octnet.layers.Pass;
import io.octnet.tensor.Tensor;
import java.util.List;

/**
 * A model prepared for predictions with the weights it has now: batch norms are folded into the
 * convolutions before or after them, activations and sums are done while a convolution stores its
 * result, and kernels are brought into the form that its back-end reads. Results agree with {@link
 * Model#predict} up to rounding.
 *
 * <p>It owns the prepared weights, and computes on the back-end that was in use when it was made,
 * whatever is in use later. Once a weight of the model has changed it refuses to predict: make
 * another one. Whoever writes into the array of a weight says so by {@link Tensor#changed()};
 * optimizers, {@link Parameter} and batch norms do.
 *
 * <p>Safe for use by several threads, {@link #close()} included: predictions under way are finished
 * first.
 */
public final class Inference implements AutoCloseable {
  private final Model model;
  private final Backend.Lease backend;
  private final Program program;
  private final List<Parameter> weights;
  private final int[] versions;
  private int running; // guarded by this
  private boolean closed; // guarded by this

  private Inference(Model model) {
    this.model = model;
    this.weights = model.parameters();
    this.versions = versions();
    this.backend = Backend.lease();
    try {
      this.program = InferenceProgram.prepare(model.graph(), backend.compute());
    } catch (RuntimeException | Error e) {
      backend.close();
      throw e;
    }
  }

  /** Prepares a model on the back-end of the calling thread; to be closed. */
  public static Inference of(Model model) {
    return new Inference(model);
  }

  private int[] versions() {
    return weights.stream().mapToInt(weight -> weight.tensor().version()).toArray();
  }

  /** Whether a weight has changed since it was made, so that it refuses to predict. */
  public boolean isStale() {
    return changed() != null;
  }

  /** The first weight that has changed; null if none has. */
  private Parameter changed() {
    for (int i = 0; i < versions.length; i++) {
      if (weights.get(i).tensor().version() != versions[i]) {
        return weights.get(i);
      }
    }
    return null;
  }

  /**
   * The output for a batch, one hold of the caller's.
   *
   * @param x the batch axis, then the model's input shape; not released
   * @throws IllegalStateException if it was closed, or if the weights have changed
   */
  public Tensor predict(Tensor x) {
    return run(x, false);
  }

  /**
   * What the closing softmax would be applied to.
   *
   * @throws IllegalStateException if the model does not end in a softmax, or as {@link #predict}
   */
  public Tensor logits(Tensor x) {
    model.checkClassifier();
    return run(x, true);
  }

  private Tensor run(Tensor x, boolean logits) {
    model.checkInput(x);
    enter();
    try {
      checkFresh();
      Tensor y =
          Backend.with(
              backend.compute(),
              () -> Autograd.noGrad(() -> program.run(x, Pass.INFERENCE, logits)));
      checkFresh(); // in the meantime, by another thread
      return y;
    } finally {
      leave();
    }
  }

  private void checkFresh() {
    Parameter changed = changed();
    if (changed != null) {
      throw new IllegalStateException(
          "the weight "
              + changed.path()
              + " of "
              + model.name()
              + " has changed since this inference was made; close it and make another one");
    }
  }

  private synchronized void enter() {
    if (closed) {
      throw new IllegalStateException("this inference was closed; prepare the model again");
    }
    running++;
  }

  private void leave() {
    boolean last;
    synchronized (this) {
      running--;
      last = closed && running == 0;
    }
    if (last) {
      giveBack();
    }
  }

  /** Gives the prepared weights back, once no prediction is under way; again does nothing. */
  @Override
  public void close() {
    boolean last;
    synchronized (this) {
      last = !closed && running == 0;
      closed = true;
    }
    if (last) {
      giveBack();
    }
  }

  private void giveBack() {
    program.close();
    backend.close();
  }
}
