package io.octnet.models;

import io.octnet.tensor.Tensor;

/**
 * A model in two: what is constant while its trained layers change, prepared once, and the rest. A
 * model fed with the first part's outputs from a cache gives the same bits.
 */
final class FrozenPart implements AutoCloseable {
  private final Inference inference; // null: nothing is constant
  private final Model rest;

  /**
   * Of a model.
   *
   * @param computed whether batches will hold the constant part's outputs already
   */
  FrozenPart(Model model, boolean computed) {
    String last = model.frozenUntil();
    boolean none = last.equals(model.layers().getFirst().name());
    this.inference = none || computed ? null : Inference.of(model.until(last));
    this.rest = none ? model : model.after(last);
  }

  /** The constant part's output for a batch; one hold of the caller's. */
  Tensor predict(Tensor x) {
    return inference == null ? x.retain() : inference.predict(x);
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
