package io.octnet.compute.simd;

/**
 * Backward of batch norm once its two sums are known, per channel: {@code dx = slope * (dy -
 * meanDy) + centred * (x - centre)}.
 */
record NormGradient(float[] centre, float[] slope, float[] centred, float[] meanDy) {

  /**
   * Writes the gradients of gamma and beta, too.
   *
   * @param sums 2 C: of dy, and of {@code dy * (x - mean)}
   */
  static NormGradient of(
      double[] sums,
      int rows,
      float[] mean,
      float[] invStd,
      float[] gamma,
      float[] dGamma,
      float[] dBeta) {
    int channels = mean.length;
    float[] slope = new float[channels];
    float[] centred = new float[channels];
    float[] meanDy = new float[channels];
    for (int c = 0; c < channels; c++) {
      double product = sums[channels + c] * invStd[c];
      dBeta[c] = (float) sums[c];
      dGamma[c] = (float) product;
      double s = (double) gamma[c] * invStd[c];
      slope[c] = (float) s;
      centred[c] = (float) (-s * invStd[c] * product / rows);
      meanDy[c] = (float) (sums[c] / rows);
    }
    return new NormGradient(mean, slope, centred, meanDy);
  }

  NormGradient tile(Tiling tiling) {
    return new NormGradient(
        tiling.tile(centre), tiling.tile(slope), tiling.tile(centred), tiling.tile(meanDy));
  }
}
