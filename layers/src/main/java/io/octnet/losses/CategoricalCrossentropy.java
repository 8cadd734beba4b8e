package io.octnet.losses;

import io.octnet.layers.ActivationFunction;
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

  @Override
  public ActivationFunction activation() {
    return ActivationFunction.SOFTMAX;
  }

  /** The likeliest class is that of the target, the first of equals for either. */
  @Override
  public double correct(Tensor logits, Targets targets) {
    int correct = 0;
    for (int n = 0; n < targets.batch(); n++) {
      if (likeliest(logits.data(), n, targets) == likeliest(targets.distribution(), n, targets)) {
        correct++;
      }
    }
    return correct;
  }

  private static int likeliest(float[] values, int row, Targets targets) {
    int first = row * targets.classes();
    int likeliest = 0;
    for (int c = 1; c < targets.classes(); c++) {
      if (values[first + c] > values[first + likeliest]) {
        likeliest = c;
      }
    }
    return likeliest;
  }
}
