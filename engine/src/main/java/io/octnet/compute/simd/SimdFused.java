package io.octnet.compute.simd;

import io.octnet.compute.Compute;
import io.octnet.compute.FusedCompute;
import io.octnet.compute.NormGradients;
import io.octnet.compute.NormMaxPool;
import io.octnet.compute.NormStatistics;
import io.octnet.compute.simd.channels.SimdNorm;
import io.octnet.compute.simd.channels.SimdNormPool;
import io.octnet.compute.simd.channels.SimdPool;
import io.octnet.compute.simd.threads.Workers;

/** The fused primitives, each in as few passes over memory as it can be. */
public record SimdFused(Compute core, Workers workers) implements FusedCompute {
  @Override
  public void globalAveragePool(int batch, int positions, int channels, float[] x, float[] y) {
    SimdPool.globalAverage(workers, batch, positions, channels, x, y);
  }

  @Override
  public void globalAveragePoolBackward(
      int batch, int positions, int channels, float[] dy, float[] dx) {
    SimdPool.globalAverageBackward(workers, batch, positions, channels, dy, dx);
  }

  @Override
  public void reluBatchNormBackward(
      int rows, NormStatistics s, float[] x, float[] dy, NormGradients d) {
    SimdNorm.backward(workers, rows, s, x, dy, true, d);
  }

  @Override
  public void maskByNorm(
      int rows, int channels, float[] x, float[] scale, float[] shift, float[] dy) {
    SimdNorm.maskByNorm(workers, rows, channels, x, scale, shift, dy);
  }

  @Override
  public void normMeanBackward(
      int batch,
      int positions,
      float[] x,
      float[] slope,
      float[] offset,
      boolean afterRelu,
      float[] dx) {
    SimdNorm.meanBackward(workers, batch, positions, x, slope, offset, afterRelu, dx);
  }

  @Override
  public void normMaxPool(NormMaxPool p, float[] x, float[] y, byte[] argmax) {
    SimdNormPool.forward(workers, p, x, y, argmax);
  }

  @Override
  public void normMaxPoolBackward(
      NormMaxPool p,
      NormStatistics s,
      boolean afterRelu,
      float[] x,
      byte[] argmax,
      float[] dy,
      NormGradients d) {
    SimdNormPool.backward(workers, core.pool(), p, s, afterRelu, x, argmax, dy, d);
  }
}
