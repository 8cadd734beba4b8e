package io.octnet.ops;

import io.octnet.autograd.Autograd;
import io.octnet.autograd.Node;
import io.octnet.compute.Backend;
import io.octnet.compute.Compute;
import io.octnet.compute.ConvGeometry;
import io.octnet.compute.DepthwiseGeometry;
import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;

/**
 * Depthwise 2-D convolution with optional bias, x: (N, H, W, C), kernel: (R, S, C, M), bias: (C *
 * M), y: (N, P, Q, C * M): channel {@code c * M + m} of y is channel c of x by kernel (.., c, m).
 */
public final class DepthwiseConv2d extends Node {
  private final DepthwiseGeometry geometry;
  private final Tensor x;
  private final Tensor kernel;
  private final Tensor bias;

  private DepthwiseConv2d(DepthwiseGeometry geometry, Tensor x, Tensor kernel, Tensor bias) {
    super(inputs(x, kernel, bias), x, kernel);
    this.geometry = geometry;
    this.x = x;
    this.kernel = kernel;
    this.bias = bias;
  }

  /**
   * The convolution.
   *
   * @param bias (C * M), or null for none
   */
  public static Tensor depthwiseConv2d(Tensor x, Tensor kernel, Tensor bias, DepthwiseGeometry d) {
    ConvGeometry g = d.window();
    Check.shape(
        "depthwise_conv2d", "x", x, Shape.of(g.batch(), g.height(), g.width(), g.inChannels()));
    Check.shape(
        "depthwise_conv2d",
        "kernel",
        kernel,
        Shape.of(g.kernelHeight(), g.kernelWidth(), g.inChannels(), d.multiplier()));
    if (bias != null) {
      Check.shape("depthwise_conv2d", "bias", bias, Shape.of(g.outChannels()));
    }
    Compute compute = Backend.compute();
    Shape shape = Shape.of(g.batch(), g.outHeight(), g.outWidth(), g.outChannels());
    Tensor y = Tensor.allocate(compute.pool(), shape);
    compute.depthwiseConv2d(
        d, x.data(), kernel.data(), bias == null ? null : bias.data(), y.data());
    return Autograd.record(y, new DepthwiseConv2d(d, x, kernel, bias));
  }

  // dx[n,h,w,c] = sum over r,s,m of dy[the output that reads it] * kernel[r,s,c,m]
  // dKernel[r,s,c,m] = sum over n,p,q of dy[n,p,q,cM+m] * x[n,h,w,c], dBias = sum of dy
  @Override
  protected Tensor[] backward(Tensor dy) {
    Compute compute = Backend.compute();
    Tensor dKernel = null;
    Tensor dBias = null;
    if (needsGrad(1) || needsGrad(2)) {
      dKernel = Tensor.allocate(compute.pool(), kernel.shape());
      dBias = bias == null ? null : Tensor.allocate(compute.pool(), bias.shape());
      compute.depthwiseConv2dBackwardWeights(
          geometry, x.data(), dy.data(), dKernel.data(), dBias == null ? null : dBias.data());
    }
    Tensor dx = null;
    if (needsGrad(0)) {
      dx = Tensor.allocate(compute.pool(), x.shape());
      compute.depthwiseConv2dBackwardData(geometry, dy.data(), kernel.data(), dx.data());
    }
    return new Tensor[] {dx, dKernel, dBias};
  }
}
