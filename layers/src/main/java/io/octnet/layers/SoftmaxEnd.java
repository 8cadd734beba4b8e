package io.octnet.layers;

import io.octnet.tensor.Tensor;

/**
 * A layer whose activation may be the softmax that ends a classifier. Keras trains and evaluates
 * such a model from its logits, since the cross-entropy of rounded probabilities loses digits.
 */
public interface SoftmaxEnd {

  /** Its activation. */
  ActivationFunction activation();

  /** What the activation is applied to. The result is one hold of the caller's. */
  Tensor logits(Tensor x, Pass pass);
}
