package io.octnet.ops;

import io.octnet.autograd.Autograd;
import io.octnet.autograd.Node;
import io.octnet.compute.Backend;
import io.octnet.compute.Compute;
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
  private final Conv2d.Parameters conv;
  private final Tensor mask; // y, where a ReLU follows that is undone here

  private BatchNormConv2d(
      NormInput norm,
      BatchNorm.Parameters p,
      boolean reluBetween,
      Conv2d.Parameters conv,
      Tensor mask) {
    super(
        inputs(norm.x(), p.gamma(), p.beta(), conv.kernel(), conv.bias()),
        norm.x(),
        p.gamma(),
        conv.kernel(),
        mask);
    this.norm = norm;
    this.reluBetween = reluBetween;
    this.conv = conv;
    this.mask = mask;
  }

  /** Normalises and convolves. */
  public static Tensor batchNormConv2d(
      Tensor x, BatchNorm.Parameters p, boolean reluBetween, Conv2d.Parameters conv) {
    return batchNormConv2d(Unnormalized.of(x), p, reluBetween, conv);
  }

  /**
   * Normalises what an op computed for that, and convolves; x is not released.
   *
   * @param reluBetween whether a ReLU stands between norm and convolution
   */
  public static Tensor batchNormConv2d(
      Unnormalized x, BatchNorm.Parameters p, boolean reluBetween, Conv2d.Parameters conv) {
    conv.check(x.x());
    NormInput norm = NormInput.of(x, p);
    Tensor y = Conv2d.compute(norm.asConvInput(reluBetween), conv, null);
    Tensor mask = conv.relu() ? y : null;
    return Autograd.record(y, new BatchNormConv2d(norm, p, reluBetween, conv, mask));
  }

  /** The same for another batch norm, as {@link Conv2d#forNorm}. */
  public static Unnormalized forNorm(
      Unnormalized x, BatchNorm.Parameters p, boolean reluBetween, Conv2d.Parameters conv) {
    conv.check(x.x());
    NormInput norm = NormInput.of(x, p);
    double[] sums = new double[2 * conv.geometry().outChannels()];
    Tensor y = Conv2d.compute(norm.asConvInput(reluBetween), conv, sums);
    Autograd.record(y, new BatchNormConv2d(norm, p, reluBetween, conv, null));
    return Unnormalized.of(y, sums, conv.relu());
  }

  // z = norm(x); dKernel, dBias and dz as of a convolution of z; dx, dGamma, dBeta as of a norm
  @Override
  protected Tensor[] backward(Tensor gradOutput) {
    Compute compute = Backend.compute();
    ConvGradient dy = new ConvGradient(gradOutput.data(), mask == null ? null : mask.data());
    Tensor[] weights = new Tensor[2];
    if (needsGrad(3) || needsGrad(4)) {
      weights = conv.gradients(norm.asConvInput(reluBetween), dy);
    }
    if (!needsGrad(0) && !needsGrad(1) && !needsGrad(2)) {
      return new Tensor[] {null, null, null, weights[0], weights[1]};
    }
    Tensor dz = Tensor.allocate(compute.pool(), norm.x().shape()); // and dx
    compute.conv2dBackwardData(conv.geometry(), dy, conv.kernel().data(), dz.data());
    if (reluBetween) {
      Normalization n = norm.normalization();
      compute
          .fused()
          .maskByNorm(
              norm.rows(), norm.channels(), norm.x().data(), n.scale(), n.shift(), dz.data());
    }
    Tensor[] parameters = norm.backward(dz.data(), needsGrad(0) ? dz.data() : null);
    return new Tensor[] {dz, parameters[0], parameters[1], weights[0], weights[1]};
  }
}
