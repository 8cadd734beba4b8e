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
import java.util.Arrays;

/**
 * 2-D convolution with optional bias and ReLU: {@code y = max(0, x * kernel + bias)}.
 *
 * <p>x: (N, H, W, C), kernel: (R, S, C, K), bias: (K), y: (N, P, Q, K). Cross-correlation, as in
 * Keras.
 */
public final class Conv2d extends Node {
  private final Parameters p;
  private final Tensor x;
  private final Tensor mask; // y, where a ReLU follows that is undone here

  private Conv2d(Parameters p, Tensor x, Tensor mask) {
    super(inputs(x, p.kernel, p.bias), x, p.kernel, mask);
    this.p = p;
    this.x = x;
    this.mask = mask;
  }

  /**
   * What makes a convolution, beside its input.
   *
   * @param kernel (R, S, C, K)
   * @param bias (K), or null for none
   * @param relu whether a ReLU follows
   */
  public record Parameters(Tensor kernel, Tensor bias, ConvGeometry geometry, boolean relu) {
    void check(Tensor x) {
      ConvGeometry g = geometry;
      Check.shape("conv2d", "x", x, Shape.of(g.batch(), g.height(), g.width(), g.inChannels()));
      Shape weights = Shape.of(g.kernelHeight(), g.kernelWidth(), g.inChannels(), g.outChannels());
      Check.shape("conv2d", "kernel", kernel, weights);
      if (bias != null) {
        Check.shape("conv2d", "bias", bias, Shape.of(g.outChannels()));
      }
    }

    /** The gradients of kernel and bias, of an input that is read as the forward pass did. */
    Tensor[] gradients(ConvInput x, ConvGradient dy) {
      Compute compute = Backend.compute();
      Tensor dKernel = Tensor.allocate(compute.pool(), kernel.shape());
      Tensor dBias = bias == null ? null : Tensor.allocate(compute.pool(), bias.shape());
      float[] dBiases = dBias == null ? null : dBias.data();
      compute.conv2dBackwardWeights(geometry, x, dy, dKernel.data(), dBiases);
      return new Tensor[] {dKernel, dBias};
    }
  }

  /** Keras's {@code Conv2D} with equal strides and no dilation. */
  public static Tensor conv2d(
      Tensor x, Tensor kernel, Tensor bias, int stride, Padding padding, boolean relu) {
    int[] strides = {stride, stride};
    return conv2d(x, kernel, bias, geometry(x, kernel, strides, new int[] {1, 1}, padding), relu);
  }

  /** As {@link #geometry(Shape, Shape, int[], int[], Padding)}. */
  public static ConvGeometry geometry(
      Tensor x, Tensor kernel, int[] strides, int[] dilation, Padding padding) {
    return geometry(x.shape(), kernel.shape(), strides, dilation, padding);
  }

  /**
   * The geometry that the shapes and Keras's parameters mean.
   *
   * @param strides {@code {vertical, horizontal}}
   * @param dilation {@code {vertical, horizontal}}; 1 for none
   */
  public static ConvGeometry geometry(
      Shape x, Shape kernel, int[] strides, int[] dilation, Padding padding) {
    Check.rank("conv2d", "x", x, 4, "(N, H, W, C)");
    Check.rank("conv2d", "kernel", kernel, 4, "(R, S, C, K)");
    Check.that(
        x.dim(3) == kernel.dim(2),
        "conv2d",
        "x of shape %s has %d channels, kernel of shape %s takes %d",
        x,
        x.dim(3),
        kernel,
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
    return conv2d(x, new Parameters(kernel, bias, g, relu));
  }

  /** The convolution. */
  public static Tensor conv2d(Tensor x, Parameters p) {
    p.check(x);
    Tensor y = compute(ConvInput.of(x.data()), p, null);
    return Autograd.record(y, new Conv2d(p, x, p.relu ? y : null));
  }

  /**
   * The convolution for a batch norm by the statistics of the batch: it sums up its channels, and
   * leaves the ReLU's backward rule to the norm.
   */
  public static Unnormalized forNorm(Tensor x, Parameters p) {
    p.check(x);
    double[] sums = new double[2 * p.geometry.outChannels()];
    Tensor y = compute(ConvInput.of(x.data()), p, sums);
    return Unnormalized.of(Autograd.record(y, new Conv2d(p, x, null)), sums, p.relu);
  }

  /**
   * y.
   *
   * @param sums receives the sums of its channels; null if nobody wants them
   */
  static Tensor compute(ConvInput x, Parameters p, double[] sums) {
    Compute compute = Backend.compute();
    ConvGeometry g = p.geometry;
    Shape shape = Shape.of(g.batch(), g.outHeight(), g.outWidth(), g.outChannels());
    Tensor y = Tensor.allocate(compute.pool(), shape);
    float[] biases = p.bias == null ? null : p.bias.data();
    compute.conv2d(g, x, p.kernel.data(), new Epilogue(biases, null, p.relu, sums), y.data());
    return y;
  }

  // dx: (N, H, W, C), dKernel: (R, S, C, K), dBias: (K)
  @Override
  protected Tensor[] backward(Tensor gradOutput) {
    Compute compute = Backend.compute();
    ConvGradient dy = new ConvGradient(gradOutput.data(), mask == null ? null : mask.data());
    Tensor[] weights = new Tensor[2];
    if (needsGrad(1) || needsGrad(2)) {
      weights = p.gradients(ConvInput.of(x.data()), dy);
    }
    Tensor dx = null;
    if (needsGrad(0)) {
      dx = Tensor.allocate(compute.pool(), x.shape());
      compute.conv2dBackwardData(p.geometry, dy, p.kernel.data(), dx.data());
    }
    return new Tensor[] {dx, weights[0], weights[1]};
  }
}
