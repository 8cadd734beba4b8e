package io.octnet.ops;

import io.octnet.autograd.Autograd;
import io.octnet.autograd.Node;
import io.octnet.compute.Backend;
import io.octnet.compute.Compute;
import io.octnet.compute.ConvGeometry;
import io.octnet.compute.ConvGradient;
import io.octnet.compute.ConvInput;
import io.octnet.compute.Epilogue;
import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;

/**
 * 2-D convolution with optional bias and ReLU: {@code y = max(0, x * kernel + bias)}.
 *
 * <p>x: (N, H, W, C), kernel: (R, S, C, K), bias: (K), y: (N, P, Q, K). Cross-correlation, as in
 * Keras.
 */
public final class Conv2d extends Node {
  private final ConvGeometry geometry;
  private final Tensor x;
  private final Tensor kernel;
  private final Tensor bias;
  private final Tensor mask; // y, where a ReLU follows

  private Conv2d(ConvGeometry geometry, Tensor x, Tensor kernel, Tensor bias, Tensor mask) {
    super(inputs(x, kernel, bias), x, kernel, mask);
    this.geometry = geometry;
    this.x = x;
    this.kernel = kernel;
    this.bias = bias;
    this.mask = mask;
  }

  /**
   * The convolution.
   *
   * @param bias (K), or null for none
   * @param relu whether a ReLU follows
   */
  public static Tensor conv2d(Tensor x, Tensor kernel, Tensor bias, ConvGeometry g, boolean relu) {
    check("x", x, Shape.of(g.batch(), g.height(), g.width(), g.inChannels()));
    check(
        "kernel",
        kernel,
        Shape.of(g.kernelHeight(), g.kernelWidth(), g.inChannels(), g.outChannels()));
    if (bias != null) {
      check("bias", bias, Shape.of(g.outChannels()));
    }
    Compute compute = Backend.compute();
    Tensor y =
        Tensor.allocate(
            compute.pool(), Shape.of(g.batch(), g.outHeight(), g.outWidth(), g.outChannels()));
    Epilogue epilogue = Epilogue.of(bias == null ? null : bias.data(), relu);
    compute.conv2d(g, ConvInput.of(x.data()), kernel.data(), epilogue, y.data());
    return Autograd.record(y, new Conv2d(g, x, kernel, bias, relu ? y : null));
  }

  // dx: (N, H, W, C), dKernel: (R, S, C, K), dBias: (K)
  @Override
  protected Tensor[] backward(Tensor gradOutput) {
    Compute compute = Backend.compute();
    ConvGradient dy = new ConvGradient(gradOutput.data(), mask == null ? null : mask.data());
    Tensor dKernel = null;
    Tensor dBias = null;
    if (needsGrad(1) || needsGrad(2)) {
      dKernel = Tensor.allocate(compute.pool(), kernel.shape());
      dBias = bias == null ? null : Tensor.allocate(compute.pool(), bias.shape());
      compute.conv2dBackwardWeights(
          geometry,
          ConvInput.of(x.data()),
          dy,
          dKernel.data(),
          dBias == null ? null : dBias.data());
    }
    Tensor dx = null;
    if (needsGrad(0)) {
      dx = Tensor.allocate(compute.pool(), x.shape());
      compute.conv2dBackwardData(geometry, dy, kernel.data(), dx.data());
    }
    return new Tensor[] {dx, dKernel, dBias};
  }

  private static void check(String name, Tensor tensor, Shape expected) {
    if (!tensor.shape().equals(expected)) {
      throw new IllegalArgumentException(
          "conv2d: %s must have shape %s, received %s".formatted(name, expected, tensor.shape()));
    }
  }
}
