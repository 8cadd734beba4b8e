package io.octnet.losses;

import io.octnet.ops.Targets;
import io.octnet.tensor.Tensor;

/** A number for how far a batch's output is from its targets, with a gradient. */
@FunctionalInterface
public interface Loss {

  /**
   * The mean loss of a batch.
   *
   * @param logits (N, C), what the model's softmax would be applied to
   * @return a scalar, one hold of the caller's
   */
  Tensor of(Tensor logits, Targets targets);
}
