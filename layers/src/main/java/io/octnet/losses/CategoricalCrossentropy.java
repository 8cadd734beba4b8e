package io.octnet.losses;

import io.octnet.ops.SoftmaxCrossEntropy;
import io.octnet.ops.Targets;
import io.octnet.tensor.Tensor;

/**
 * {@code mean over n of -sum over c of target[n,c] * log softmax(logits)[n,c]}, from logits: exact
 * where probabilities would round to 0 or 1, and what Keras computes for a model that ends in a
 * softmax.
 *
 * @param labelSmoothing targets become {@code target * (1 - s) + s / classes}
 */
public record CategoricalCrossentropy(float labelSmoothing) implements Loss {
  /** Without label smoothing. */
  public CategoricalCrossentropy() {
    this(0);
  }

  @Override
  public Tensor of(Tensor logits, Targets targets) {
    Targets smoothed = labelSmoothing == 0 ? targets : targets.smoothed(labelSmoothing);
    return SoftmaxCrossEntropy.softmaxCrossEntropy(logits, smoothed);
  }
}
