package io.octnet.ops;

import io.octnet.autograd.Autograd;
import io.octnet.autograd.Node;
import io.octnet.compute.Backend;
import io.octnet.compute.Compute;
import io.octnet.compute.Unary;
import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;

/**
 * Fully connected layer: {@code y = x kernel + bias}, rectified if asked. x: (..., C), kernel: (C,
 * K), bias: (K), y: (..., K).
 */
public final class Dense extends Node {
  private final Tensor x;
  private final Tensor kernel;
  private final Tensor bias;
  private final Tensor mask; // y, where a ReLU follows

  private Dense(Tensor x, Tensor kernel, Tensor bias, Tensor mask) {
    super(inputs(x, kernel, bias), x, kernel, mask);
    this.x = x;
    this.kernel = kernel;
    this.bias = bias;
    this.mask = mask;
  }

  /**
   * The affine map of the last axis.
   *
   * @param bias (K), or null for none
   * @param relu whether a ReLU follows
   */
  public static Tensor dense(Tensor x, Tensor kernel, Tensor bias, boolean relu) {
    Check.rank("dense", "kernel", kernel, 2, "(in, out)");
    Check.rankAtLeast("dense", "x", x, 1);
    Check.that(
        x.dim(-1) == kernel.dim(0),
        "dense",
        "x of shape %s has %d features, kernel of shape %s takes %d",
        x.shape(),
        x.dim(-1),
        kernel.shape(),
        kernel.dim(0));
    if (bias != null) {
      Check.shape("dense", "bias", bias, Shape.of(kernel.dim(1)));
    }
    int units = kernel.dim(1);
    int features = kernel.dim(0);
    int rows = x.size() / features;
    int[] dims = x.shape().toArray();
    dims[dims.length - 1] = units;
    Compute compute = Backend.compute();
    Tensor y = Tensor.allocate(compute.pool(), Shape.of(dims));
    compute.gemm(
        false, false, rows, units, features, x.data(), 0, kernel.data(), 0, 0, y.data(), 0);
    if (bias != null) {
      compute.biasAdd(rows, units, y.data(), bias.data(), relu, y.data());
    } else if (relu) {
      compute.unary(Unary.RELU, 0, y.size(), y.data(), y.data());
    }
    return Autograd.record(y, new Dense(x, kernel, bias, relu ? y : null));
  }

  // dx = dy kernel^T, dKernel = x^T dy, dBias = sum over rows of dy; dy counts where y > 0
  @Override
  protected Tensor[] backward(Tensor gradOutput) {
    Compute compute = Backend.compute();
    Tensor dy = Masked.relu(gradOutput, mask);
    int features = kernel.dim(0);
    int units = kernel.dim(1);
    int rows = x.size() / features;
    Tensor dx = null;
    Tensor dKernel = null;
    Tensor dBias = null;
    if (needsGrad(0)) {
      dx = Tensor.allocate(compute.pool(), x.shape());
      compute.gemm(
          false, true, rows, features, units, dy.data(), 0, kernel.data(), 0, 0, dx.data(), 0);
    }
    if (needsGrad(1)) {
      dKernel = Tensor.allocate(compute.pool(), kernel.shape());
      compute.gemm(
          true, false, features, units, rows, x.data(), 0, dy.data(), 0, 0, dKernel.data(), 0);
    }
    if (needsGrad(2)) {
      dBias = Tensor.allocate(compute.pool(), bias.shape());
      compute.columnSums(rows, units, dy.data(), dBias.data());
    }
    dy.release();
    return new Tensor[] {dx, dKernel, dBias};
  }
}
