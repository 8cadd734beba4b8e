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
 * The transpose of a 2-D convolution, so that what is data there is a gradient here. x: (N, P, Q,
 * K), kernel: (R, S, C, K), y: (N, H, W, C), in the symbols of the convolution from y to x.
 */
public final class Conv2dTranspose extends Node {
  private final ConvGeometry geometry; // of the convolution that this transposes
  private final Tensor x;
  private final Tensor kernel;

  private Conv2dTranspose(ConvGeometry geometry, Tensor x, Tensor kernel) {
    super(inputs(x, kernel), x, kernel);
    this.geometry = geometry;
    this.x = x;
    this.kernel = kernel;
  }

  /**
   * The transposed convolution, without a bias.
   *
   * @param g of the convolution that leads from y's shape to x's
   */
  public static Tensor conv2dTranspose(Tensor x, Tensor kernel, ConvGeometry g) {
    Check.shape(
        "conv2d_transpose",
        "x",
        x,
        Shape.of(g.batch(), g.outHeight(), g.outWidth(), g.outChannels()));
    Check.shape(
        "conv2d_transpose",
        "kernel",
        kernel,
        Shape.of(g.kernelHeight(), g.kernelWidth(), g.inChannels(), g.outChannels()));
    Compute compute = Backend.compute();
    Tensor y =
        Tensor.allocate(compute.pool(), Shape.of(g.batch(), g.height(), g.width(), g.inChannels()));
    compute.conv2dBackwardData(g, new ConvGradient(x.data(), null), kernel.data(), y.data());
    return Autograd.record(y, new Conv2dTranspose(g, x, kernel));
  }

  // dx = conv2d(dy, kernel); dKernel as of that convolution, with dy for its input and x for its
  // gradient
  @Override
  protected Tensor[] backward(Tensor dy) {
    Compute compute = Backend.compute();
    Tensor dx = null;
    if (needsGrad(0)) {
      dx = Tensor.allocate(compute.pool(), x.shape());
      compute.conv2d(geometry, ConvInput.of(dy.data()), kernel.data(), Epilogue.NONE, dx.data());
    }
    Tensor dKernel = null;
    if (needsGrad(1)) {
      dKernel = Tensor.allocate(compute.pool(), kernel.shape());
      compute.conv2dBackwardWeights(
          geometry,
          ConvInput.of(dy.data()),
          new ConvGradient(x.data(), null),
          dKernel.data(),
          null);
    }
    return new Tensor[] {dx, dKernel};
  }
}
