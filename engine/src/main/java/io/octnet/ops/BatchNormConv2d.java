package io.octnet.ops;

import io.octnet.autograd.Autograd;
import io.octnet.autograd.Node;
import io.octnet.compute.Backend;
import io.octnet.compute.Compute;
import io.octnet.compute.ConvGeometry;
import io.octnet.compute.ConvGradient;
import io.octnet.tensor.Tensor;

/**
 * Batch norm by the statistics of the batch, then a convolution: {@code y = norm(x) * kernel +
 * bias}, with an optional ReLU after the norm and one after the convolution. The same as {@link
 * BatchNorm#training} and {@link Conv2d} one after another, but the normalised values are computed
 * while the convolution gathers its input, and never stored.
 *
 * <p>x: (N, H, W, C), gamma, beta: (C), kernel: (R, S, C, K), bias: (K), y: (N, P, Q, K).
 */
public final class BatchNormConv2d extends Node {
  private final NormInput norm;
  private final boolean reluBetween;
  private final ConvGeometry geometry;
  private final Tensor kernel;
  private final Tensor bias;
  private final Tensor mask; // y, where a ReLU follows that is undone here

  private BatchNormConv2d(
      NormInput norm,
      BatchNorm.Parameters p,
      boolean reluBetween,
      ConvGeometry geometry,
      Tensor kernel,
      Tensor bias,
      Tensor mask) {
    super(inputs(norm.x(), p.gamma(), p.beta(), kernel, bias), norm.x(), p.gamma(), kernel, mask);
    this.norm = norm;
    this.reluBetween = reluBetween;
    this.geometry = geometry;
    this.kernel = kernel;
    this.bias = bias;
    this.mask = mask;
  }

  /**
   * Normalises and convolves.
   *
   * @param reluBetween whether a ReLU stands between norm and convolution
   * @param bias null for none
   * @param relu whether a ReLU follows the convolution
   * @param forNorm whether another batch norm alone reads the result, as for {@link Conv2d}
   */
  public static Tensor batchNormConv2d(
      Tensor x,
      BatchNorm.Parameters p,
      boolean reluBetween,
      Tensor kernel,
      Tensor bias,
      ConvGeometry g,
      boolean relu,
      boolean forNorm) {
    Conv2d.check(x, kernel, bias, g);
    NormInput norm = NormInput.of(x, p);
    Tensor y = Conv2d.compute(g, norm.asConvInput(reluBetween), kernel, bias, relu, forNorm);
    Tensor mask = relu && !forNorm ? y : null;
    return Autograd.record(y, new BatchNormConv2d(norm, p, reluBetween, g, kernel, bias, mask));
  }

  // z = norm(x); dKernel, dBias and dz as of a convolution of z; dx, dGamma, dBeta as of a norm
  @Override
  protected Tensor[] backward(Tensor gradOutput) {
    Compute compute = Backend.compute();
    ConvGradient dy = new ConvGradient(gradOutput.data(), mask == null ? null : mask.data());
    Tensor dKernel = null;
    Tensor dBias = null;
    if (needsGrad(3) || needsGrad(4)) {
      dKernel = Tensor.allocate(compute.pool(), kernel.shape());
      dBias = bias == null ? null : Tensor.allocate(compute.pool(), bias.shape());
      compute.conv2dBackwardWeights(
          geometry,
          norm.asConvInput(reluBetween),
          dy,
          dKernel.data(),
          dBias == null ? null : dBias.data());
    }
    if (!needsGrad(0) && !needsGrad(1) && !needsGrad(2)) {
      return new Tensor[] {null, null, null, dKernel, dBias};
    }
    Tensor dz = Tensor.allocate(compute.pool(), norm.x().shape()); // and dx
    compute.conv2dBackwardData(geometry, dy, kernel.data(), dz.data());
    if (reluBetween) {
      Normalization n = norm.normalization();
      compute.maskByNorm(
          norm.rows(), norm.channels(), norm.x().data(), n.scale(), n.shift(), dz.data());
    }
    Tensor[] parameters = norm.backward(dz.data(), needsGrad(0) ? dz.data() : null);
    return new Tensor[] {dz, parameters[0], parameters[1], dKernel, dBias};
  }
}
