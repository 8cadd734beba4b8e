package io.octnet.compute.simd;

import io.octnet.compute.Compute;
import io.octnet.compute.ConvGeometry;
import io.octnet.compute.ConvGradient;
import io.octnet.compute.ConvInput;
import io.octnet.compute.Epilogue;
import io.octnet.compute.FusedCompute;
import io.octnet.compute.NormGradients;
import io.octnet.compute.NormStatistics;
import io.octnet.compute.PoolGeometry;
import io.octnet.compute.PreparedConv;
import io.octnet.compute.Settings;
import io.octnet.compute.Unary;
import io.octnet.compute.simd.channels.SimdChannels;
import io.octnet.compute.simd.channels.SimdElementwise;
import io.octnet.compute.simd.channels.SimdMaxPool;
import io.octnet.compute.simd.channels.SimdNorm;
import io.octnet.compute.simd.channels.SimdPool;
import io.octnet.compute.simd.convolution.SimdGemm;
import io.octnet.compute.simd.kernel.Width;
import io.octnet.compute.simd.threads.Workers;
import io.octnet.tensor.BufferPool;
import io.octnet.text.Text;
import java.util.function.IntConsumer;

/**
 * The primitives on the Vector API and several threads; see {@link SimdConv} for the convolutions.
 */
public final class SimdCompute implements Compute {
  private final BufferPool pool = new BufferPool();
  private final Workers workers;
  private final SimdConv convolution;
  private final FusedCompute fused;

  /** Chooses the algorithm of each convolution by its shape. */
  public SimdCompute(int threads) {
    this(threads, Settings.convAlgorithm(Algorithm.class));
  }

  /**
   * @param forced the algorithm of every convolution that it can serve, or null to choose by shape
   */
  public SimdCompute(int threads, Algorithm forced) {
    workers = new Workers(threads);
    convolution = new SimdConv(workers, pool, forced);
    fused = new SimdFused(this, workers);
  }

  @Override
  public String description() {
    return Text.format("SIMD back-end, %d-bit vectors, %d threads", Width.BITS, workers.threads());
  }

  @Override
  public BufferPool pool() {
    return pool;
  }

  @Override
  public FusedCompute fused() {
    return fused;
  }

  @Override
  public void parallelFor(int tasks, IntConsumer task) {
    workers.parallelFor(tasks, task);
  }

  @Override
  public void close() {
    workers.close();
  }

  @Override
  public PreparedConv prepare(ConvGeometry g, float[] kernel) {
    return convolution.prepare(g, kernel);
  }

  @Override
  public long preparedLength(ConvGeometry g) {
    return convolution.preparedLength(g);
  }

  @Override
  public void conv2d(ConvGeometry g, ConvInput x, float[] kernel, Epilogue epilogue, float[] y) {
    convolution.forward(g, x, kernel, epilogue, y);
  }

  @Override
  public void conv2dBackwardData(ConvGeometry g, ConvGradient dy, float[] kernel, float[] dx) {
    convolution.backwardData(g, dy, kernel, dx);
  }

  @Override
  public void conv2dBackwardWeights(
      ConvGeometry g, ConvInput x, ConvGradient dy, float[] dKernel, float[] dBias) {
    convolution.backwardWeights(g, x, dy, dKernel, dBias);
  }

  @Override
  public void gemm(
      boolean transposeA,
      boolean transposeB,
      int m,
      int n,
      int k,
      float[] a,
      int aOffset,
      float[] b,
      int bOffset,
      float beta,
      float[] c,
      int cOffset) {
    SimdGemm.gemm(
        workers, pool, transposeA, transposeB, m, n, k, a, aOffset, b, bOffset, beta, c, cOffset);
  }

  @Override
  public void maxPool(PoolGeometry g, float[] x, float[] y, byte[] argmax) {
    if (argmax != null) {
      g.checkPlaces(256);
    }
    SimdMaxPool.forward(workers, g, x, y, argmax);
  }

  @Override
  public void maxPoolBackward(PoolGeometry g, float[] dy, byte[] argmax, float[] dx) {
    SimdMaxPool.backward(workers, g, dy, argmax, dx);
  }

  @Override
  public void averagePool(PoolGeometry g, float[] x, float[] y) {
    SimdPool.average(workers, g, x, y);
  }

  @Override
  public void averagePoolBackward(PoolGeometry g, float[] dy, float[] dx) {
    SimdPool.averageBackward(workers, g, dy, dx);
  }

  @Override
  public void channelSums(int rows, int channels, float[] x, double[] sums) {
    SimdChannels.sums(workers, rows, channels, x, sums);
  }

  @Override
  public void scaleShift(
      int rows, int channels, float[] x, float[] scale, float[] shift, boolean relu, float[] y) {
    SimdChannels.scaleShift(workers, rows, channels, x, scale, shift, relu, y);
  }

  @Override
  public void columnSums(int rows, int channels, float[] x, float[] y) {
    SimdChannels.columnSums(workers, rows, channels, x, null, y);
  }

  @Override
  public void batchNormBackward(
      int rows, NormStatistics s, float[] x, float[] dy, NormGradients d) {
    SimdNorm.backward(workers, rows, s, x, dy, false, d);
  }

  @Override
  public void unary(Unary f, float parameter, int n, float[] x, float[] y) {
    SimdElementwise.ranges(
        workers, n, (from, to) -> SimdElementwise.unary(f, parameter, from, to, x, y));
  }

  @Override
  public void unaryBackward(
      Unary f, float parameter, int n, float[] x, float[] y, float[] dy, float[] dx) {
    SimdElementwise.ranges(
        workers,
        n,
        (from, to) -> SimdElementwise.unaryBackward(f, parameter, from, to, x, y, dy, dx));
  }

  @Override
  public void add(int n, float[] x, float[] y, float[] z) {
    SimdElementwise.ranges(workers, n, (from, to) -> SimdElementwise.add(from, to, x, y, z));
  }

  @Override
  public void multiply(int n, float[] x, float[] y, float[] z) {
    SimdElementwise.ranges(workers, n, (from, to) -> SimdElementwise.multiply(from, to, x, y, z));
  }

  @Override
  public void axpy(int n, float a, float[] x, float[] y) {
    SimdElementwise.ranges(workers, n, (from, to) -> SimdElementwise.axpy(from, to, a, x, y));
  }

  @Override
  public double sum(int n, float[] x) {
    return SimdElementwise.sum(0, n, false, x);
  }

  @Override
  public double sumOfSquares(int n, float[] x) {
    return SimdElementwise.sum(0, n, true, x);
  }

  @Override
  public void dropout(int n, float rate, long seed, float[] x, float[] y) {
    SimdElementwise.ranges(
        workers, n, (from, to) -> SimdElementwise.dropout(from, to, rate, seed, x, y));
  }

  @Override
  public void adam(
      int n,
      float rate,
      double beta1,
      double beta2,
      float epsilon,
      float[] g,
      float[] m,
      float[] v,
      float[] w) {
    float share1 = (float) (1 - beta1);
    float share2 = (float) (1 - beta2);
    SimdElementwise.ranges(
        workers,
        n,
        (from, to) -> SimdElementwise.adam(from, to, rate, share1, share2, epsilon, g, m, v, w));
  }
}
