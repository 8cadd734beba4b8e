package io.octnet.models;

import io.octnet.tensor.Tensor;

/**
 * A model in two: what is constant while its trained layers change, prepared once, and the rest. A
 * model fed with the first part's outputs from a cache gives the same bits.
 */
final class FrozenPart implements AutoCloseable {
  private final Model constant; // null: nothing is
  private final Model rest;
  private Inference inference; // null: nothing is constant

  /**
   * Of a model.
   *
   * @param computed whether batches will hold the constant part's outputs already
   */
  FrozenPart(Model model, boolean computed) {
    String last = model.frozenUntil();
    boolean none = last.equals(model.layers().getFirst().name());
    this.constant = none || computed ? null : model.until(last);
    this.inference = constant == null ? null : Inference.of(constant);
    this.rest = none ? model : model.after(last);
  }

  /** The constant part's output for a batch; one hold of the caller's. */
  Tensor predict(Tensor x) {
    if (inference == null) {
      return x.retain();
    }
    if (inference.isStale()) { // a callback has loaded other weights
      inference.close();
      inference = Inference.of(constant);
    }
    return inference.predict(x);
  }

  /** What is trained. */
  Model rest() {
    return rest;
  }

  @Override
  public void close() {
    if (inference != null) {
      inference.close();
    }
  }
}
