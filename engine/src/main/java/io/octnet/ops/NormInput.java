package io.octnet.ops;

import io.octnet.compute.Backend;
import io.octnet.compute.Compute;
import io.octnet.compute.ConvInput;
import io.octnet.compute.NormGradients;
import io.octnet.compute.NormStatistics;
import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;

/**
 * A tensor as a batch norm by the statistics of the batch sees it: what an op needs that computes
 * the norm while it reads, and so never stores the normalised values.
 *
 * @param x (..., C)
 * @param reluPending whether x is the output of a ReLU whose backward rule is left to the norm
 */
record NormInput(Tensor x, Tensor gamma, Normalization normalization, boolean reluPending) {

  /** By the sums of the batch; moves the moving statistics. */
  static NormInput of(Unnormalized input, BatchNorm.Parameters p) {
    Tensor x = input.x();
    int channels = BatchNorm.check(x.shape(), p.gamma(), p.beta(), p.epsilon());
    int rows = x.size() / channels;
    Normalization n =
        Normalization.ofBatch(input.sums(), rows, p.gamma(), p.beta(), p.epsilon(), p.moving());
    return new NormInput(x, p.gamma(), n, input.reluPending());
  }

  int channels() {
    return x.dim(-1);
  }

  int rows() {
    return x.size() / channels();
  }

  /** What the back-end's backward rules want to know. */
  NormStatistics statistics() {
    return new NormStatistics(
        normalization.mean(), normalization.invStd(), Normalization.orOnes(gamma, channels()));
  }

  /** For a convolution: normalised, and rectified if asked, while it is gathered. */
  ConvInput asConvInput(boolean relu) {
    return new ConvInput(x.data(), normalization.scale(), normalization.shift(), relu);
  }

  /** Where dx goes: over x, which the backward rule reads for the last time, or a new tensor. */
  Tensor newInputGradient() {
    return x.isExclusive() ? x.detach() : Tensor.allocate(Backend.compute().pool(), x.shape());
  }

  Tensor[] newParameterGradients() {
    Compute compute = Backend.compute();
    Shape shape = Shape.of(channels());
    return new Tensor[] {
      Tensor.allocate(compute.pool(), shape), Tensor.allocate(compute.pool(), shape)
    };
  }

  // dBeta = sum dz, dGamma = sum dz * xhat,
  // dx = gamma * invStd * (dz - mean(dz) - xhat * mean(dz * xhat))
  /**
   * The gradients of x, gamma and beta.
   *
   * @param dz of the normalised values; dx may be the same array, or null if not wanted
   */
  Tensor[] backward(float[] dz, float[] dx) {
    Tensor[] parameters = newParameterGradients();
    NormGradients d = new NormGradients(parameters[0].data(), parameters[1].data(), dx);
    Compute compute = Backend.compute();
    if (reluPending) {
      compute.fused().reluBatchNormBackward(rows(), statistics(), x.data(), dz, d);
    } else {
      compute.batchNormBackward(rows(), statistics(), x.data(), dz, d);
    }
    return parameters;
  }
}
