package io.octnet.gradcheck;

import io.octnet.compute.PoolGeometry;
import io.octnet.ops.BatchNorm;
import io.octnet.ops.BatchNormConv2d;
import io.octnet.ops.BatchNormGlobalAveragePool;
import io.octnet.ops.BatchNormMaxPool2d;
import io.octnet.ops.Conv2d;
import io.octnet.ops.Padding;
import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;

/** Trials of batch norm, alone and with what reads it. */
final class NormTrials {
  private NormTrials() {}

  /** With gamma and beta or without; a ReLU, where there is one, is far from its kink by beta. */
  static Trial batchNorm(Draw draw, boolean training) {
    int channels = draw.channels();
    boolean parameters = draw.coin();
    boolean relu = parameters && draw.coin();
    double epsilon = draw.coin() ? 1e-3 : 1.001e-5;
    Shape shape =
        draw.coin()
            ? Shape.of(draw.between(8, 13), channels)
            : Shape.of(draw.between(1, 3), draw.between(3, 5), draw.between(3, 5), channels);
    Tensor x = draw.values(shape);
    Tensor gamma = draw.values(channels);
    float reach = training ? 8 : 10; // of the values before a ReLU
    Tensor beta = relu ? draw.awayFromZero(Shape.of(channels), reach) : draw.values(channels);
    Tensor mean = draw.values(channels);
    Tensor variance = draw.positive(channels);
    return Trial.of(
        "epsilon " + epsilon + (relu ? " relu" : ""),
        in -> {
          Tensor scale = parameters ? in.get(1) : null;
          Tensor shift = parameters ? in.get(2) : null;
          return training
              ? BatchNorm.training(in.get(0), scale, shift, epsilon, null, relu)
              : BatchNorm.inference(in.get(0), scale, shift, mean, variance, epsilon, relu);
        },
        parameters ? new Tensor[] {x, gamma, beta} : new Tensor[] {x});
  }

  /**
   * With a ReLU between norm and convolution, after both, or none; it is far from its kink by beta
   * or by the bias. What keeps it away would drown the gradients of many values: there are few
   * then, and after a ReLU each is one product. A norm cancels what its input is scaled and shifted
   * by: epsilon is large here, to let some of that through.
   */
  static Trial conv2d(Draw draw) {
    int relu = draw.between(0, 2); // none, between, after
    boolean between = relu == 1;
    boolean after = relu == 2;
    int kernelSize = after ? 1 : draw.between(1, 3);
    int inChannels = after ? 1 : between ? draw.oneOf(1, 3) : draw.oneOf(1, 3, 8);
    int channels = relu == 0 ? draw.channels() : draw.oneOf(1, 3);
    int size = Math.max(2, kernelSize) + draw.between(0, relu == 0 ? 3 : 1);
    Tensor x = draw.values(draw.between(2, 3), size, size, inChannels);
    Tensor gamma = draw.values(inChannels);
    Tensor beta = between ? draw.awayFromZero(Shape.of(inChannels), 5.5f) : draw.values(inChannels);
    Tensor kernel = draw.values(kernelSize, kernelSize, inChannels, channels);
    Tensor bias = after ? draw.awayFromZero(Shape.of(channels), 11) : draw.values(channels);
    return Trial.of(
        between ? "relu between" : after ? "relu after" : "",
        in ->
            BatchNormConv2d.batchNormConv2d(
                in.get(0),
                new BatchNorm.Parameters(in.get(1), in.get(2), 1, null),
                between,
                new Conv2d.Parameters(
                    in.get(3),
                    in.get(4),
                    Conv2d.geometry(
                        in.get(0), in.get(3), new int[] {1, 1}, new int[] {1, 1}, Padding.SAME),
                    after)),
        x,
        gamma,
        beta,
        kernel,
        bias);
  }

  /** Values are distinct, so that no two of a window are near each other. */
  static Trial maxPool(Draw draw) {
    int pool = draw.between(1, 3);
    int stride = draw.between(1, 3);
    float rate = draw.oneOf(0, 1, 2) / 4f;
    long seed = draw.seed();
    int channels = draw.oneOf(1, 3, 8, 13);
    int height = pool + draw.between(1, 2); // few: what is widely spread has small gradients
    int width = pool + draw.between(1, 2);
    int batch = draw.between(2, 3);
    Tensor x = draw.distinct(Shape.of(batch, height, width, channels));
    Tensor gamma = draw.awayFromZero(Shape.of(channels), 1);
    return Trial.of(
        "pool " + pool + " stride " + stride + " rate " + rate,
        in ->
            BatchNormMaxPool2d.batchNormMaxPool2d(
                in.get(0),
                new BatchNorm.Parameters(in.get(1), in.get(2), 1, null),
                PoolGeometry.valid(batch, height, width, channels, pool, stride),
                rate,
                seed),
        x,
        gamma,
        draw.values(channels));
  }

  static Trial mean(Draw draw) {
    int channels = draw.channels();
    Tensor x = draw.values(draw.between(2, 3), draw.between(1, 3), draw.between(1, 3), channels);
    return Trial.of(
        "",
        in ->
            BatchNormGlobalAveragePool.batchNormGlobalAveragePool(
                in.get(0), new BatchNorm.Parameters(in.get(1), in.get(2), 1, null)),
        x,
        draw.values(channels),
        draw.values(channels));
  }
}
