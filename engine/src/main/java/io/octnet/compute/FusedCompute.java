package io.octnet.compute;

/**
 * What the core of {@link Compute} can do in several passes over memory, and a back-end may do in
 * one. Each method is defined here, by the core; a back-end overrides those that pay.
 */
@FunctionalInterface
public interface FusedCompute {
  /** What they are composed of. */
  Compute core();

  /** y: (N, C), the mean over {@code positions = H * W} of x: (N, H * W, C). */
  default void globalAveragePool(int batch, int positions, int channels, float[] x, float[] y) {
    core().averagePool(PoolGeometry.global(batch, positions, channels), x, y);
  }

  /** dx: (N, H * W, C). */
  default void globalAveragePoolBackward(
      int batch, int positions, int channels, float[] dy, float[] dx) {
    core().averagePoolBackward(PoolGeometry.global(batch, positions, channels), dy, dx);
  }

  /**
   * {@link Compute#batchNormBackward} of an x that came out of a ReLU whose backward rule is done
   * here, too: dx is 0 where x is not positive. dx may be dy.
   */
  default void reluBatchNormBackward(
      int rows, NormStatistics s, float[] x, float[] dy, NormGradients d) {
    core().batchNormBackward(rows, s, x, dy, d);
    if (d.dx() != null) {
      core().unaryBackward(Unary.RELU, 0, rows * s.channels(), null, x, d.dx(), d.dx());
    }
  }

  /**
   * {@code dy} where {@code scale[c] * x + shift[c] > 0}, else 0, in place: undoes norm and ReLU.
   */
  default void maskByNorm(
      int rows, int channels, float[] x, float[] scale, float[] shift, float[] dy) {
    float[] z = new float[rows * channels];
    core().scaleShift(rows, channels, x, scale, shift, false, z);
    core().unaryBackward(Unary.RELU, 0, z.length, null, z, dy, dy);
  }

  /**
   * {@code dx[n,p,c] = slope[c] * x[n,p,c] + offset[n,c]}: backward of a norm that only a mean over
   * positions reads, whose gradient is the same everywhere. x: (N, positions, C). dx may be x.
   *
   * @param afterRelu whether dx is 0 where x is not positive
   */
  default void normMeanBackward(
      int batch,
      int positions,
      float[] x,
      float[] slope,
      float[] offset,
      boolean afterRelu,
      float[] dx) {
    int channels = slope.length;
    int image = positions * channels;
    float[] line = new float[image];
    float[] shift = new float[channels];
    float[] part = new float[image];
    for (int n = 0; n < batch; n++) {
      System.arraycopy(x, n * image, part, 0, image);
      System.arraycopy(offset, n * channels, shift, 0, channels);
      core().scaleShift(positions, channels, part, slope, shift, false, line);
      if (afterRelu) {
        core().unaryBackward(Unary.RELU, 0, image, null, part, line, line);
      }
      System.arraycopy(line, 0, dx, n * image, image);
    }
  }

  /**
   * Norm, maximum of windows, dropout.
   *
   * @param argmax what {@link #normMaxPoolBackward} of the same back-end wants to know of each
   *     window; null when no backward pass follows
   */
  default void normMaxPool(NormMaxPool p, float[] x, float[] y, byte[] argmax) {
    PoolGeometry g = p.geometry();
    float[] z = new float[g.inputSize()];
    int rows = z.length / g.channels();
    core().scaleShift(rows, g.channels(), x, p.scale(), p.shift(), false, z);
    core().maxPool(g, z, y, argmax);
    core().dropout(g.outputSize(), p.rate(), p.seed(), y, y);
  }

  /**
   * Backward of {@link #normMaxPool}, with {@link Compute#batchNormBackward}'s rule. dx may be x.
   *
   * @param afterRelu whether dx is 0 where x is not positive
   * @param dy (N, P, Q, C)
   */
  default void normMaxPoolBackward(
      NormMaxPool p,
      NormStatistics s,
      boolean afterRelu,
      float[] x,
      byte[] argmax,
      float[] dy,
      NormGradients d) {
    PoolGeometry g = p.geometry();
    float[] kept = new float[g.outputSize()];
    core().dropout(kept.length, p.rate(), p.seed(), dy, kept);
    float[] dz = new float[g.inputSize()];
    core().maxPoolBackward(g, kept, argmax, dz);
    int rows = dz.length / g.channels();
    if (afterRelu) {
      reluBatchNormBackward(rows, s, x, dz, new NormGradients(d.dGamma(), d.dBeta(), dz));
      System.arraycopy(dz, 0, d.dx(), 0, dz.length);
    } else {
      core().batchNormBackward(rows, s, x, dz, d);
    }
  }
}
