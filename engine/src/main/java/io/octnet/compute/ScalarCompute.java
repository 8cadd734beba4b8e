package io.octnet.compute;

import io.octnet.tensor.BufferPool;
import java.util.function.IntConsumer;

/**
 * The definition of every primitive: plain loops on one thread, sums in double and rounded once.
 * Slow, and what all other back-ends are compared with.
 */
public final class ScalarCompute implements Compute {
  private final BufferPool pool = new BufferPool();

  @Override
  public String description() {
    return "scalar back-end, 1 thread: the readable definition, slow";
  }

  @Override
  public BufferPool pool() {
    return pool;
  }

  @Override
  public void parallelFor(int tasks, IntConsumer task) {
    for (int i = 0; i < tasks; i++) {
      task.accept(i);
    }
  }

  @Override
  public void close() {}

  @Override
  public void conv2d(ConvGeometry g, ConvInput x, float[] kernel, Epilogue epilogue, float[] y) {
    ScalarConv.forward(g, x, kernel, epilogue, y);
  }

  @Override
  public void conv2dBackwardData(ConvGeometry g, ConvGradient dy, float[] kernel, float[] dx) {
    ScalarConv.backwardData(g, dy, kernel, dx);
  }

  @Override
  public void conv2dBackwardWeights(
      ConvGeometry g, ConvInput x, ConvGradient dy, float[] dKernel, float[] dBias) {
    ScalarConv.backwardWeights(g, x, dy, dKernel, dBias);
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
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        double sum = 0;
        for (int l = 0; l < k; l++) {
          float left = a[aOffset + (transposeA ? l * m + i : i * k + l)];
          float right = b[bOffset + (transposeB ? j * k + l : l * n + j)];
          sum += (double) left * right;
        }
        int at = cOffset + i * n + j;
        c[at] = (float) (beta == 0 ? sum : sum + (double) beta * c[at]);
      }
    }
  }

  @Override
  public void maxPool(PoolGeometry g, float[] x, float[] y, byte[] argmax) {
    ScalarPool.max(g, x, y, argmax);
  }

  @Override
  public void maxPoolBackward(PoolGeometry g, float[] dy, byte[] argmax, float[] dx) {
    ScalarPool.maxBackward(g, dy, argmax, dx);
  }

  @Override
  public void averagePool(PoolGeometry g, float[] x, float[] y) {
    ScalarPool.average(g, x, y);
  }

  @Override
  public void averagePoolBackward(PoolGeometry g, float[] dy, float[] dx) {
    ScalarPool.averageBackward(g, dy, dx);
  }

  @Override
  public void channelSums(int rows, int channels, float[] x, double[] sums) {
    ScalarChannels.sums(rows, channels, x, sums);
  }

  @Override
  public void scaleShift(
      int rows, int channels, float[] x, float[] scale, float[] shift, boolean relu, float[] y) {
    ScalarChannels.scaleShift(rows, channels, x, scale, shift, relu, y);
  }

  @Override
  public void batchNormBackward(
      int rows, NormStatistics s, float[] x, float[] dy, NormGradients d) {
    ScalarChannels.batchNormBackward(rows, s, x, dy, d);
  }

  @Override
  public void unary(Unary f, float parameter, int n, float[] x, float[] y) {
    ScalarElementwise.unary(f, parameter, n, x, y);
  }

  @Override
  public void unaryBackward(
      Unary f, float parameter, int n, float[] x, float[] y, float[] dy, float[] dx) {
    ScalarElementwise.unaryBackward(f, parameter, n, x, y, dy, dx);
  }

  @Override
  public void add(int n, float[] x, float[] y, float[] z) {
    for (int i = 0; i < n; i++) {
      z[i] = x[i] + y[i];
    }
  }

  @Override
  public void multiply(int n, float[] x, float[] y, float[] z) {
    for (int i = 0; i < n; i++) {
      z[i] = x[i] * y[i];
    }
  }

  @Override
  public void axpy(int n, float a, float[] x, float[] y) {
    for (int i = 0; i < n; i++) {
      y[i] += a * x[i];
    }
  }

  @Override
  public void dropout(int n, float rate, long seed, float[] x, float[] y) {
    ScalarElementwise.dropout(n, rate, seed, x, y);
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
    ScalarElementwise.adam(n, rate, beta1, beta2, epsilon, g, m, v, w);
  }
}
