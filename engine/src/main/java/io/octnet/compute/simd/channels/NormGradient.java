package io.octnet.compute.simd.channels;

import io.octnet.compute.NormGradients;
import io.octnet.compute.NormStatistics;

/**
 * Backward of batch norm once its two sums are known, per channel: {@code dx = slope * (dy -
 * meanDy) + centred * (x - centre)}.
 */
public record NormGradient(float[] centre, float[] slope, float[] centred, float[] meanDy) {

  /**
   * Writes the gradients of gamma and beta, too.
   *
   * @param sums 2 C: of dy, and of {@code dy * (x - mean)}
   */
  static NormGradient of(double[] sums, int rows, NormStatistics norm, NormGradients d) {
    int channels = norm.channels();
    float[] slope = new float[channels];
    float[] centred = new float[channels];
    float[] meanDy = new float[channels];
    for (int c = 0; c < channels; c++) {
      double product = sums[channels + c] * norm.invStd()[c];
      d.dBeta()[c] = (float) sums[c];
      d.dGamma()[c] = (float) product;
      double s = (double) norm.gamma()[c] * norm.invStd()[c];
      slope[c] = (float) s;
      centred[c] = (float) (-s * norm.invStd()[c] * product / rows);
      meanDy[c] = (float) (sums[c] / rows);
    }
    return new NormGradient(norm.mean(), slope, centred, meanDy);
  }

  NormGradient tile(Tiling tiling) {
    return new NormGradient(
        tiling.tile(centre), tiling.tile(slope), tiling.tile(centred), tiling.tile(meanDy));
  }
}
