package io.octnet.opencl;

import io.octnet.compute.Compute;
import io.octnet.compute.FusedCompute;
import io.octnet.compute.NormGradients;
import io.octnet.compute.NormStatistics;
import io.octnet.compute.PoolGeometry;
import io.octnet.compute.Unary;
import io.octnet.tensor.BufferPool;
import java.util.function.IntConsumer;

/** A back-end that leaves everything but convolutions and gemm to the CPU. */
abstract class OnCpu implements Compute {
  final Compute cpu;

  OnCpu(Compute cpu) {
    this.cpu = cpu;
  }

  @Override
  public BufferPool pool() {
    return cpu.pool();
  }

  @Override
  public FusedCompute fused() {
    return cpu.fused(); // none of them has a convolution in it
  }

  @Override
  public void parallelFor(int tasks, IntConsumer task) {
    cpu.parallelFor(tasks, task);
  }

  @Override
  public void maxPool(PoolGeometry g, float[] x, float[] y, byte[] argmax) {
    cpu.maxPool(g, x, y, argmax);
  }

  @Override
  public void maxPoolBackward(PoolGeometry g, float[] dy, byte[] argmax, float[] dx) {
    cpu.maxPoolBackward(g, dy, argmax, dx);
  }

  @Override
  public void averagePool(PoolGeometry g, float[] x, float[] y) {
    cpu.averagePool(g, x, y);
  }

  @Override
  public void averagePoolBackward(PoolGeometry g, float[] dy, float[] dx) {
    cpu.averagePoolBackward(g, dy, dx);
  }

  @Override
  public void channelSums(int rows, int channels, float[] x, double[] sums) {
    cpu.channelSums(rows, channels, x, sums);
  }

  @Override
  public void batchNormBackward(
      int rows, NormStatistics s, float[] x, float[] dy, NormGradients d) {
    cpu.batchNormBackward(rows, s, x, dy, d);
  }

  @Override
  public void columnSums(int rows, int channels, float[] x, float[] y) {
    cpu.columnSums(rows, channels, x, y);
  }

  @Override
  public double sum(int n, float[] x) {
    return cpu.sum(n, x);
  }

  @Override
  public double sumOfSquares(int n, float[] x) {
    return cpu.sumOfSquares(n, x);
  }

  @Override
  public void scaleShift(
      int rows, int channels, float[] x, float[] scale, float[] shift, boolean relu, float[] y) {
    cpu.scaleShift(rows, channels, x, scale, shift, relu, y);
  }

  @Override
  public void unary(Unary f, float parameter, int n, float[] x, float[] y) {
    cpu.unary(f, parameter, n, x, y);
  }

  @Override
  public void unaryBackward(
      Unary f, float parameter, int n, float[] x, float[] y, float[] dy, float[] dx) {
    cpu.unaryBackward(f, parameter, n, x, y, dy, dx);
  }

  @Override
  public void add(int n, float[] x, float[] y, float[] z) {
    cpu.add(n, x, y, z);
  }

  @Override
  public void multiply(int n, float[] x, float[] y, float[] z) {
    cpu.multiply(n, x, y, z);
  }

  @Override
  public void axpy(int n, float a, float[] x, float[] y) {
    cpu.axpy(n, a, x, y);
  }

  @Override
  public void dropout(int n, float rate, long seed, float[] x, float[] y) {
    cpu.dropout(n, rate, seed, x, y);
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
    cpu.adam(n, rate, beta1, beta2, epsilon, g, m, v, w);
  }
}
