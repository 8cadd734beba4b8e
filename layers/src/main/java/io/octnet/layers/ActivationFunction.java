package io.octnet.layers;

import io.octnet.ops.Relu;
import io.octnet.ops.Sigmoid;
import io.octnet.ops.Softmax;
import io.octnet.ops.Tanh;
import io.octnet.tensor.Tensor;

/** Keras's activations by name; softmax is over the last axis. */
public enum ActivationFunction {
  /** {@code x}. */
  LINEAR,
  /** {@code max(x, 0)}. */
  RELU,
  /** {@code 1 / (1 + exp(-x))}. */
  SIGMOID,
  /** {@code tanh(x)}. */
  TANH,
  /** {@code exp(x) / sum(exp(x))}. */
  SOFTMAX;

  /** The function of a tensor; a new hold of the caller's, on x itself where it is linear. */
  public Tensor of(Tensor x) {
    return switch (this) {
      case LINEAR -> x.retain();
      case RELU -> Relu.relu(x);
      case SIGMOID -> Sigmoid.sigmoid(x);
      case TANH -> Tanh.tanh(x);
      case SOFTMAX -> Softmax.softmax(x);
    };
  }

  /** The function of a tensor that the caller gives up. */
  public Tensor consume(Tensor x) {
    Tensor y = of(x);
    x.release();
    return y;
  }
}
