package io.octnet.ops;

import io.octnet.autograd.Autograd;
import io.octnet.autograd.Node;
import io.octnet.compute.Backend;
import io.octnet.compute.Compute;
import io.octnet.compute.NormStatistics;
import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;

/**
 * Batch norm by the statistics of the batch, then the mean over positions: {@code y = scale *
 * mean(x) + shift}, since a norm is linear once its statistics are known. The same as {@link
 * BatchNorm#training} and {@link GlobalAveragePool} one after another, with one pass over memory
 * each way instead of six. x: (N, H, W, C), gamma, beta: (C), y: (N, C).
 */
public final class BatchNormGlobalAveragePool extends Node {
  private final NormInput norm;
  private final float[] means; // (N, C), of x

  private BatchNormGlobalAveragePool(NormInput norm, BatchNorm.Parameters p, float[] means) {
    super(inputs(norm.x(), p.gamma(), p.beta()), norm.x(), p.gamma());
    this.norm = norm;
    this.means = means;
  }

  /** Normalises and averages. */
  public static Tensor batchNormGlobalAveragePool(Tensor x, BatchNorm.Parameters p) {
    return batchNormGlobalAveragePool(Unnormalized.of(x), p);
  }

  /** Normalises and averages what an op computed for that; it is not released. */
  public static Tensor batchNormGlobalAveragePool(Unnormalized input, BatchNorm.Parameters p) {
    Tensor x = input.x();
    Check.rank("batch_norm_global_average_pool", "x", x, 4, "(N, H, W, C)");
    NormInput norm = NormInput.of(input, p);
    Compute compute = Backend.compute();
    int batch = x.dim(0);
    int channels = x.dim(3);
    float[] means = new float[batch * channels];
    compute.fused().globalAveragePool(batch, x.dim(1) * x.dim(2), channels, x.data(), means);
    Tensor y = Tensor.allocate(compute.pool(), Shape.of(batch, channels));
    Normalization n = norm.normalization();
    compute.scaleShift(batch, channels, means, n.scale(), n.shift(), false, y.data());
    return Autograd.record(y, new BatchNormGlobalAveragePool(norm, p, means));
  }

  // dz[n,p,c] = dy[n,c] / positions; dBeta = sum dy, dGamma = sum dy * (means - mean) * invStd,
  // dx = gamma * invStd * (dz - mean(dz) - xhat * mean(dz * xhat)) = slope * x + offset
  @Override
  protected Tensor[] backward(Tensor dy) {
    Compute compute = Backend.compute();
    Tensor x = norm.x();
    int batch = x.dim(0);
    int positions = x.dim(1) * x.dim(2);
    int channels = x.dim(3);
    Tensor[] parameters = norm.newParameterGradients();
    float[] slope = new float[channels];
    float[] offset = new float[batch * channels];
    NormStatistics s = norm.statistics();
    compute.parallelFor(
        channels,
        c -> {
          double mean = s.mean()[c];
          double invStd = s.invStd()[c];
          double dBeta = 0;
          double dGamma = 0;
          for (int i = c; i < batch * channels; i += channels) {
            dBeta += dy.data()[i];
            dGamma += dy.data()[i] * (means[i] - mean) * invStd;
          }
          parameters[0].data()[c] = (float) dGamma;
          parameters[1].data()[c] = (float) dBeta;
          double scale = s.gamma()[c] * invStd;
          double perX = -scale * invStd * dGamma / norm.rows();
          slope[c] = (float) perX;
          for (int i = c; i < batch * channels; i += channels) {
            double dz = dy.data()[i] / (double) positions;
            offset[i] = (float) (scale * (dz - dBeta / norm.rows()) - perX * mean);
          }
        });
    Tensor dx = null;
    if (needsGrad(0)) {
      dx = norm.newInputGradient();
      compute
          .fused()
          .normMeanBackward(
              batch, positions, x.data(), slope, offset, norm.reluPending(), dx.data());
    }
    return new Tensor[] {dx, parameters[0], parameters[1]};
  }
}
