package io.octnet.losses;

import static io.octnet.ops.SigmoidCrossEntropy.sigmoidCrossEntropy;

import io.octnet.layers.ActivationFunction;
import io.octnet.ops.Targets;
import io.octnet.tensor.Tensor;

/**
 * {@code mean of -(target * log p + (1 - target) * log(1 - p))} with {@code p = sigmoid(logits)},
 * over all outputs of all examples: for yes or no, and for labels that do not exclude each other.
 * From logits, as {@link CategoricalCrossentropy}.
 */
public record BinaryCrossentropy() implements Loss {
  @Override
  public Tensor of(Tensor logits, Targets targets) {
    return sigmoidCrossEntropy(logits, targets);
  }

  @Override
  public ActivationFunction activation() {
    return ActivationFunction.SIGMOID;
  }

  /** Outputs on the same side of 1/2 as their targets. */
  @Override
  public double correct(Tensor logits, Targets targets) {
    int correct = 0;
    for (int i = 0; i < logits.size(); i++) {
      if (logits.data()[i] > 0 == targets.distribution()[i] > 0.5f) {
        correct++;
      }
    }
    return (double) correct / targets.classes();
  }
}
