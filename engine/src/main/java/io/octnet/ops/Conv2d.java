package io.octnet.ops;

import io.octnet.autograd.Autograd;
import io.octnet.autograd.Node;
import io.octnet.compute.Backend;
import io.octnet.compute.Compute;
import io.octnet.compute.ConvGeometry;
import io.octnet.compute.ConvGradient;
import io.octnet.compute.ConvInput;
import io.octnet.compute.Epilogue;
import io.octnet.tensor.ChannelSums;
import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;
import java.util.Arrays;

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

  /** Keras's {@code Conv2D} with equal strides and no dilation. */
  public static Tensor conv2d(
      Tensor x, Tensor kernel, Tensor bias, int stride, Padding padding, boolean relu) {
    int[] strides = {stride, stride};
    return conv2d(x, kernel, bias, geometry(x, kernel, strides, new int[] {1, 1}, padding), relu);
  }

  /**
   * The geometry that the shapes and Keras's parameters mean.
   *
   * @param strides {@code {vertical, horizontal}}
   * @param dilation {@code {vertical, horizontal}}; 1 for none
   */
  public static ConvGeometry geometry(
      Tensor x, Tensor kernel, int[] strides, int[] dilation, Padding padding) {
    Check.rank("conv2d", "x", x, 4, "(N, H, W, C)");
    Check.rank("conv2d", "kernel", kernel, 4, "(R, S, C, K)");
    Check.that(
        x.dim(3) == kernel.dim(2),
        "conv2d",
        "x of shape %s has %d channels, kernel of shape %s takes %d",
        x.shape(),
        x.dim(3),
        kernel.shape(),
        kernel.dim(2));
    Check.that(
        Math.min(Math.min(strides[0], strides[1]), Math.min(dilation[0], dilation[1])) >= 1,
        "conv2d",
        "strides and dilation must be at least 1, received %s and %s",
        Arrays.toString(strides),
        Arrays.toString(dilation));
    int[] vertical = padding.along(x.dim(1), kernel.dim(0), strides[0], dilation[0]);
    int[] horizontal = padding.along(x.dim(2), kernel.dim(1), strides[1], dilation[1]);
    return new ConvGeometry(
        x.dim(0),
        x.dim(1),
        x.dim(2),
        x.dim(3),
        kernel.dim(0),
        kernel.dim(1),
        kernel.dim(3),
        strides[0],
        strides[1],
        dilation[0],
        dilation[1],
        vertical[0],
        vertical[1],
        horizontal[0],
        horizontal[1]);
  }

  /**
   * The convolution.
   *
   * @param bias (K), or null for none
   * @param relu whether a ReLU follows
   */
  public static Tensor conv2d(Tensor x, Tensor kernel, Tensor bias, ConvGeometry g, boolean relu) {
    return conv2d(x, kernel, bias, g, relu, false);
  }

  /**
   * The convolution.
   *
   * @param forNorm whether a batch norm in training mode, and nothing else, reads it: it gets the
   *     {@link ChannelSums}, and undoes the ReLU
   */
  public static Tensor conv2d(
      Tensor x, Tensor kernel, Tensor bias, ConvGeometry g, boolean relu, boolean forNorm) {
    check(x, kernel, bias, g);
    Tensor y = compute(g, ConvInput.of(x.data()), kernel, bias, relu, forNorm);
    return Autograd.record(y, new Conv2d(g, x, kernel, bias, relu && !forNorm ? y : null));
  }

  /** y, with what a norm wants to know of it. */
  static Tensor compute(
      ConvGeometry g, ConvInput x, Tensor kernel, Tensor bias, boolean relu, boolean forNorm) {
    Compute compute = Backend.compute();
    Shape shape = Shape.of(g.batch(), g.outHeight(), g.outWidth(), g.outChannels());
    Tensor y = Tensor.allocate(compute.pool(), shape);
    double[] sums = forNorm ? new double[2 * g.outChannels()] : null;
    float[] biases = bias == null ? null : bias.data();
    compute.conv2d(g, x, kernel.data(), new Epilogue(biases, null, relu, sums), y.data());
    y.setChannelSums(forNorm ? new ChannelSums(sums, relu) : null);
    return y;
  }

  static void check(Tensor x, Tensor kernel, Tensor bias, ConvGeometry g) {
    Check.shape("conv2d", "x", x, Shape.of(g.batch(), g.height(), g.width(), g.inChannels()));
    Check.shape(
        "conv2d",
        "kernel",
        kernel,
        Shape.of(g.kernelHeight(), g.kernelWidth(), g.inChannels(), g.outChannels()));
    if (bias != null) {
      Check.shape("conv2d", "bias", bias, Shape.of(g.outChannels()));
    }
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
}
