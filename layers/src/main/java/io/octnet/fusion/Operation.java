package io.octnet.fusion;

import io.octnet.layers.Pass;
import io.octnet.tensor.Tensor;
import java.util.List;

/** What one step of a program computes: a layer, or several together. */
public interface Operation extends AutoCloseable {
  /**
   * Computes the output, one hold of the caller's.
   *
   * @param inputs not released
   * @param logits whether a closing softmax is left out
   */
  Tensor run(List<Tensor> inputs, Pass pass, boolean logits);

  /** Gives back the weights that were prepared for it. */
  @Override
  default void close() {}
}
