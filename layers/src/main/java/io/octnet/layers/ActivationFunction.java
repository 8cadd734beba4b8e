package io.octnet.layers;

import io.octnet.ops.Activate;
import io.octnet.ops.ClippedRelu;
import io.octnet.ops.Curve;
import io.octnet.ops.LeakyRelu;
import io.octnet.ops.LogSoftmax;
import io.octnet.ops.Relu;
import io.octnet.ops.Sigmoid;
import io.octnet.ops.Softmax;
import io.octnet.ops.Tanh;
import io.octnet.tensor.Tensor;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Keras's activations by name; softmax and log-softmax are over the last axis. */
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
  SOFTMAX,
  /** {@code x - log(sum(exp(x)))}. */
  LOG_SOFTMAX,
  /** {@code min(max(x, 0), 6)}. */
  RELU6,
  /** {@code x} where positive, else {@code 0.2 x}. */
  LEAKY_RELU,
  /** {@link Curve#ELU} with factor 1. */
  ELU(Curve.ELU, 1),
  /** {@link Curve#CELU} with factor 1. */
  CELU(Curve.CELU, 1),
  /** {@link Curve#SELU}. */
  SELU(Curve.SELU, 0),
  /** {@link Curve#GELU}, the exact one: Keras's default. */
  GELU(Curve.GELU, 0),
  /** {@link Curve#GELU_TANH}: Keras's with {@code approximate=True}. */
  GELU_TANH(Curve.GELU_TANH, 0),
  /** {@link Curve#SILU}; swish is another name of it. */
  SILU(Curve.SILU, 0),
  /** {@link Curve#MISH}. */
  MISH(Curve.MISH, 0),
  /** {@link Curve#SOFTPLUS}. */
  SOFTPLUS(Curve.SOFTPLUS, 0),
  /** {@link Curve#SOFTSIGN}. */
  SOFTSIGN(Curve.SOFTSIGN, 0),
  /** {@link Curve#EXPONENTIAL}. */
  EXPONENTIAL(Curve.EXPONENTIAL, 0),
  /** {@link Curve#LOG_SIGMOID}. */
  LOG_SIGMOID(Curve.LOG_SIGMOID, 0),
  /** {@link Curve#HARD_SIGMOID}: Keras 3's. */
  HARD_SIGMOID(Curve.HARD_SIGMOID, 0),
  /** {@link Curve#HARD_SIGMOID_KERAS2}: what Keras 2 calls hard_sigmoid. */
  HARD_SIGMOID_KERAS2(Curve.HARD_SIGMOID_KERAS2, 0),
  /** {@link Curve#HARD_SILU}; hard_swish is another name of it. */
  HARD_SILU(Curve.HARD_SILU, 0),
  /** {@link Curve#HARD_TANH}. */
  HARD_TANH(Curve.HARD_TANH, 0),
  /** {@link Curve#HARD_SHRINK} beyond 0.5. */
  HARD_SHRINK(Curve.HARD_SHRINK, 0.5),
  /** {@link Curve#SOFT_SHRINK} beyond 0.5. */
  SOFT_SHRINK(Curve.SOFT_SHRINK, 0.5),
  /** {@link Curve#TANH_SHRINK}. */
  TANH_SHRINK(Curve.TANH_SHRINK, 0),
  /** {@link Curve#SQUAREPLUS} with 4. */
  SQUAREPLUS(Curve.SQUAREPLUS, 4);

  private static final ClippedRelu.Limits SIX = new ClippedRelu.Limits(0, 6, 0);
  private static final Map<String, String> OTHER_NAMES =
      Map.of("swish", "silu", "hard_swish", "hard_silu");

  private final Curve curve; // null where an op of its own computes it
  private final double parameter;

  ActivationFunction() {
    this(null, 0);
  }

  ActivationFunction(Curve curve, double parameter) {
    this.curve = curve;
    this.parameter = parameter;
  }

  /** Keras's name of it: {@code relu}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The function that Keras calls so; empty for one that is not known here. */
  public static Optional<ActivationFunction> named(String id) {
    String name = OTHER_NAMES.getOrDefault(id, id);
    return Arrays.stream(values()).filter(function -> function.id().equals(name)).findFirst();
  }

  /** The function of a tensor; a new hold of the caller's, on x itself where it is linear. */
  public Tensor of(Tensor x) {
    return switch (this) {
      case LINEAR -> x.retain();
      case RELU -> Relu.relu(x);
      case SIGMOID -> Sigmoid.sigmoid(x);
      case TANH -> Tanh.tanh(x);
      case SOFTMAX -> Softmax.softmax(x);
      case LOG_SOFTMAX -> LogSoftmax.logSoftmax(x);
      case RELU6 -> ClippedRelu.clippedRelu(x, SIX);
      case LEAKY_RELU -> LeakyRelu.leakyRelu(x, 0.2f);
      default -> Activate.activate(x, curve, parameter);
    };
  }

  /** The function of a tensor that the caller gives up. */
  public Tensor consume(Tensor x) {
    Tensor y = of(x);
    x.release();
    return y;
  }
}
