package io.octnet.compute.simd;

import io.octnet.compute.Compute;
import io.octnet.compute.ConvGeometry;
import io.octnet.compute.ConvGradient;
import io.octnet.compute.ConvInput;
import io.octnet.compute.Epilogue;
import io.octnet.compute.JoinedInput;
import io.octnet.compute.PoolGeometry;
import io.octnet.compute.ScalarCompute;
import io.octnet.compute.Unary;
import io.octnet.tensor.BufferPool;
import io.octnet.text.Text;
import java.util.function.IntConsumer;

/**
 * The primitives on the Vector API and several threads; see {@link SimdConv} for the convolutions.
 */
public final class SimdCompute implements Compute {
  /** What no network spends time in is left to the definition. */
  private final ScalarCompute scalar = new ScalarCompute();

  private final BufferPool pool = new BufferPool();
  private final Workers workers;
  private final SimdConv convolution;

  /** Chooses the algorithm of each convolution by its shape. */
  public SimdCompute(int threads) {
    this(threads, forcedByProperty());
  }

  /**
   * @param forced the algorithm of every convolution that it can serve, or null to choose by shape
   */
  public SimdCompute(int threads, Algorithm forced) {
    workers = new Workers(threads);
    convolution = new SimdConv(workers, pool, forced);
  }

  private static Algorithm forcedByProperty() {
    String name = System.getProperty("octnet.conv.algorithm");
    return name == null ? null : Algorithm.valueOf(name);
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
  public void parallelFor(int tasks, IntConsumer task) {
    workers.parallelFor(tasks, task);
  }

  @Override
  public void close() {
    workers.close();
  }

  @Override
  public void keep(float[] kernel) {
    convolution.keep(kernel);
  }

  @Override
  public long keptLength(ConvGeometry g) {
    return convolution.keptLength(g);
  }

  @Override
  public void forget(float[] kernel) {
    convolution.forget(kernel);
  }

  @Override
  public void conv2d(ConvGeometry g, ConvInput x, float[] kernel, Epilogue epilogue, float[] y) {
    convolution.forward(g, x, kernel, epilogue, y);
  }

  @Override
  public void conv2dJoined(
      ConvGeometry g, JoinedInput x, float[] kernel, Epilogue epilogue, float[] y) {
    if (convolution.readsParts(g, x)) {
      convolution.forwardJoined(g, x, kernel, epilogue, y);
    } else {
      Compute.super.conv2dJoined(g, x, kernel, epilogue, y);
    }
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
    if (argmax != null && g.poolHeight() * g.poolWidth() > 256) {
      scalar.maxPool(g, x, y, argmax); // which refuses it
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
  public void globalAveragePool(int batch, int positions, int channels, float[] x, float[] y) {
    SimdPool.globalAverage(workers, batch, positions, channels, x, y);
  }

  @Override
  public void globalAveragePoolBackward(
      int batch, int positions, int channels, float[] dy, float[] dx) {
    SimdPool.globalAverageBackward(workers, batch, positions, channels, dy, dx);
  }

  @Override
  public void globalMaxPool(int batch, int positions, int channels, float[] x, float[] y) {
    scalar.globalMaxPool(batch, positions, channels, x, y);
  }

  @Override
  public void globalMaxPoolBackward(
      int batch, int positions, int channels, float[] x, float[] y, float[] dy, float[] dx) {
    scalar.globalMaxPoolBackward(batch, positions, channels, x, y, dy, dx);
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
  public void batchNormBackward(
      int rows,
      int channels,
      float[] x,
      float[] dy,
      float[] mean,
      float[] invStd,
      float[] gamma,
      boolean maskByX,
      float[] dGamma,
      float[] dBeta,
      float[] dx) {
    SimdNorm.backward(
        workers, rows, channels, x, dy, mean, invStd, gamma, maskByX, dGamma, dBeta, dx);
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
      int channels,
      float[] x,
      float[] slope,
      float[] offset,
      boolean maskByX,
      float[] dx) {
    SimdNorm.meanBackward(workers, batch, positions, channels, x, slope, offset, maskByX, dx);
  }

  @Override
  public void normMaxPool(
      PoolGeometry g,
      float[] x,
      float[] scale,
      float[] shift,
      float rate,
      long seed,
      float[] y,
      byte[] argmax) {
    if (argmax != null && g.poolHeight() * g.poolWidth() > 255) {
      scalar.normMaxPool(g, x, scale, shift, rate, seed, y, argmax); // which refuses it
    }
    SimdNormPool.forward(workers, g, x, scale, shift, rate, seed, y, argmax);
  }

  @Override
  public void normMaxPoolBackward(
      PoolGeometry g,
      float[] x,
      float[] dy,
      byte[] argmax,
      float rate,
      float[] mean,
      float[] invStd,
      float[] gamma,
      boolean maskByX,
      float[] dGamma,
      float[] dBeta,
      float[] dx) {
    SimdNormPool.backward(
        workers, pool, g, x, dy, argmax, rate, mean, invStd, gamma, maskByX, dGamma, dBeta, dx);
  }

  @Override
  public void biasAdd(int rows, int channels, float[] x, float[] bias, boolean relu, float[] y) {
    SimdChannels.biasAdd(workers, rows, channels, x, bias, relu, y);
  }

  @Override
  public void columnSums(int rows, int channels, float[] x, float[] y) {
    SimdChannels.columnSums(workers, rows, channels, x, null, y);
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
  public void scale(int n, float a, float[] x, float[] y) {
    SimdElementwise.ranges(workers, n, (from, to) -> SimdElementwise.scale(from, to, a, x, y));
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
  public void softmax(int rows, int classes, float[] x, float[] y) {
    scalar.softmax(rows, classes, x, y);
  }

  @Override
  public void softmaxBackward(int rows, int classes, float[] y, float[] dy, float[] dx) {
    scalar.softmaxBackward(rows, classes, y, dy, dx);
  }

  @Override
  public void logSoftmax(int rows, int classes, float[] x, float[] y) {
    scalar.logSoftmax(rows, classes, x, y);
  }

  @Override
  public void logSoftmaxBackward(int rows, int classes, float[] y, float[] dy, float[] dx) {
    scalar.logSoftmaxBackward(rows, classes, y, dy, dx);
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
