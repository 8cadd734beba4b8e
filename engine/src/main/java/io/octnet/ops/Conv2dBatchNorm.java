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
 * Convolution and batch norm by the statistics of the batch, {@code z = norm(x * kernel + bias)},
 * with a ReLU before the norm, after it, or none: the same as {@link Conv2d} and {@link
 * BatchNorm#training} one after another, with fewer passes over memory.
 *
 * <p>x: (N, H, W, C), kernel: (R, S, C, K), z: (N, P, Q, K), all else: (K). The convolution's
 * output, y, is summed up while it is stored, and its ReLU is undone while the norm's rule runs.
 */
public final class Conv2dBatchNorm extends Node {
  private final ConvGeometry geometry;
  private final Tensor x;
  private final Tensor kernel;
  private final Tensor bias;
  private final Tensor gamma;
  private final Tensor y; // of the convolution, rectified if it is
  private final Normalization statistics;
  private final boolean reluBefore;
  private final Tensor mask; // z, where a ReLU follows

  private Conv2dBatchNorm(
      ConvGeometry geometry,
      Tensor x,
      Parameters p,
      Tensor y,
      Normalization statistics,
      boolean reluBefore,
      Tensor mask) {
    super(inputs(x, p.kernel, p.bias, p.gamma, p.beta), x, p.kernel, p.gamma, y, mask);
    this.geometry = geometry;
    this.x = x;
    this.kernel = p.kernel;
    this.bias = p.bias;
    this.gamma = p.gamma;
    this.y = y;
    this.statistics = statistics;
    this.reluBefore = reluBefore;
    this.mask = mask;
  }

  /**
   * The weights.
   *
   * @param bias null for none
   * @param gamma null for ones
   * @param beta null for zeros
   */
  public record Parameters(Tensor kernel, Tensor bias, Tensor gamma, Tensor beta) {}

  /**
   * Convolves and normalises.
   *
   * @param reluBefore whether a ReLU stands between convolution and norm
   * @param moving the statistics to update, or null for none
   * @param reluAfter whether a ReLU follows the norm
   */
  public static Tensor conv2dBatchNorm(
      Tensor x,
      Parameters p,
      ConvGeometry g,
      boolean reluBefore,
      double epsilon,
      BatchNorm.Moving moving,
      boolean reluAfter) {
    Conv2d.check(x, p.kernel, p.bias, g);
    Shape shape = Shape.of(g.batch(), g.outHeight(), g.outWidth(), g.outChannels());
    BatchNorm.check(shape, p.gamma, p.beta, epsilon);
    Compute compute = Backend.compute();
    Tensor y = Tensor.allocate(compute.pool(), shape);
    double[] sums = new double[2 * g.outChannels()];
    float[] biases = p.bias == null ? null : p.bias.data();
    compute.conv2d(
        g,
        ConvInput.of(x.data()),
        p.kernel.data(),
        new Epilogue(biases, null, reluBefore, sums),
        y.data());
    int rows = y.size() / g.outChannels();
    Normalization n = Normalization.ofBatch(sums, rows, p.gamma, p.beta, epsilon, moving);
    Tensor z = Tensor.allocate(compute.pool(), shape);
    compute.scaleShift(rows, g.outChannels(), y.data(), n.scale(), n.shift(), reluAfter, z.data());
    Autograd.record(z, new Conv2dBatchNorm(g, x, p, y, n, reluBefore, reluAfter ? z : null));
    y.release();
    return z;
  }

  // yhat = (y - mean) * invStd; dBeta = sum dz, dGamma = sum dz * yhat,
  // dy = gamma * invStd * (dz - mean(dz) - yhat * mean(dz * yhat)) where the ReLU let y through;
  // dKernel, dBias and dx as of a convolution with gradient dy
  @Override
  protected Tensor[] backward(Tensor gradOutput) {
    Compute compute = Backend.compute();
    boolean mayOverwrite = mask != null || gradOutput.isExclusive();
    Tensor dz = Masked.relu(gradOutput, mask);
    int channels = geometry.outChannels();
    Tensor dGamma = Tensor.allocate(compute.pool(), Shape.of(channels));
    Tensor dBeta = Tensor.allocate(compute.pool(), Shape.of(channels));
    boolean below = needsGrad(0) || needsGrad(1) || needsGrad(2);
    Tensor dy = null;
    if (below) {
      dy = mayOverwrite ? dz.retain() : Tensor.allocate(compute.pool(), y.shape());
    }
    compute.batchNormBackward(
        y.size() / channels,
        channels,
        y.data(),
        dz.data(),
        statistics.mean(),
        statistics.invStd(),
        Normalization.orOnes(gamma, channels),
        reluBefore,
        dGamma.data(),
        dBeta.data(),
        below ? dy.data() : null);
    dz.release();
    Tensor[] gradients = {null, null, null, dGamma, dBeta};
    if (below) {
      convolutionBackward(compute, ConvGradient.of(dy.data()), gradients);
      dy.release();
    }
    return gradients;
  }

  private void convolutionBackward(Compute compute, ConvGradient dy, Tensor[] gradients) {
    if (needsGrad(1) || needsGrad(2)) {
      gradients[1] = Tensor.allocate(compute.pool(), kernel.shape());
      gradients[2] = bias == null ? null : Tensor.allocate(compute.pool(), bias.shape());
      compute.conv2dBackwardWeights(
          geometry,
          ConvInput.of(x.data()),
          dy,
          gradients[1].data(),
          bias == null ? null : gradients[2].data());
    }
    if (needsGrad(0)) {
      gradients[0] = Tensor.allocate(compute.pool(), x.shape());
      compute.conv2dBackwardData(geometry, dy, kernel.data(), gradients[0].data());
    }
  }
}
