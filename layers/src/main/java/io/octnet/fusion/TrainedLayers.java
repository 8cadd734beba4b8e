package io.octnet.fusion;

import io.octnet.layers.ActivationFunction;
import io.octnet.layers.BatchNormalization;
import io.octnet.layers.Conv2D;
import io.octnet.layers.Parameter;
import io.octnet.layers.Pass;
import io.octnet.ops.BatchNorm;
import io.octnet.ops.Conv2d;
import io.octnet.ops.Unnormalized;
import io.octnet.tensor.Tensor;

/** Layers as the fused ops of training want them. */
final class TrainedLayers {
  private TrainedLayers() {}

  /** A convolution with its ReLU, if that is its activation. */
  static Conv2d.Parameters parameters(Conv2D conv, int batch) {
    return new Conv2d.Parameters(
        conv.kernel().tensor(),
        tensor(conv.bias()),
        conv.geometry(batch),
        conv.activation() == ActivationFunction.RELU);
  }

  /** A norm by the statistics of the batch. */
  static BatchNorm.Parameters parameters(BatchNormalization norm) {
    BatchNorm.Moving moving =
        new BatchNorm.Moving(
            norm.movingMean().tensor(),
            norm.movingVariance().tensor(),
            norm.momentum(),
            norm.unbiasedMovingVariance());
    return new BatchNorm.Parameters(
        tensor(norm.gamma()), tensor(norm.beta()), norm.epsilon(), moving);
  }

  /** Whether a norm takes the statistics of the batch: in training, unless it is frozen. */
  static boolean usesBatch(BatchNormalization norm, Pass pass) {
    return pass.training() && norm.isTrainable();
  }

  /** The values of a norm that takes its moving statistics; one hold of the caller's. */
  static Tensor known(BatchNormalization norm, Tensor x, boolean relu) {
    return BatchNorm.inference(
        x,
        tensor(norm.gamma()),
        tensor(norm.beta()),
        norm.movingMean().tensor(),
        norm.movingVariance().tensor(),
        norm.epsilon(),
        relu);
  }

  /** A convolution. */
  static Unnormalized convolve(Conv2D conv, Tensor x, boolean forNorm) {
    Conv2d.Parameters p = parameters(conv, x.dim(0));
    return forNorm ? Conv2d.forNorm(x, p) : Unnormalized.of(Conv2d.conv2d(x, p));
  }

  private static Tensor tensor(Parameter parameter) {
    return parameter == null ? null : parameter.tensor();
  }
}
