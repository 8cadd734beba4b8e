package io.octnet.saving;

import io.octnet.layers.Activation;
import io.octnet.layers.ActivationFunction;
import io.octnet.layers.SoftmaxEnd;
import io.octnet.layers.Symbol;
import io.octnet.text.Text;

/** A model's output as the probabilities of classes. */
final class Classifier {
  private Classifier() {}

  /** The output itself where it is a softmax; a softmax of it where it is logits. */
  static Symbol of(Symbol output) {
    if (output.shape().rank() != 1 || output.shape().size() < 2) {
      throw new Refusal(
          Text.format(
              "its output has shape %s; a classifier has one number for each of several classes",
              output.shape()));
    }
    ActivationFunction end = output.layer() instanceof SoftmaxEnd last ? last.activation() : null;
    if (end == ActivationFunction.SOFTMAX) {
      return output;
    }
    if (end != null && end != ActivationFunction.LINEAR) {
      throw new Refusal(
          Text.format(
              "layer '%s': ends the model in %s; a classifier ends in softmax, or in logits",
              output.layer().name(), end.id()));
    }
    return new Activation(ActivationFunction.SOFTMAX).named("octnet_softmax").apply(output);
  }
}
