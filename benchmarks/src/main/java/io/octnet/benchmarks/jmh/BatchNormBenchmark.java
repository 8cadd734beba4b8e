package io.octnet.benchmarks.jmh;

import io.octnet.compute.Backend;
import io.octnet.compute.NormGradients;
import io.octnet.compute.NormStatistics;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Batch norm of (8, 56, 56, C): the statistics, the normalisation, the backward pass. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class BatchNormBenchmark {
  private static final int ROWS = 8 * 56 * 56;

  @Param({"32", "128"})
  public int channels;

  private float[] x;
  private float[] dy;
  private float[] y;
  private float[] ones;
  private float[] zeros;
  private float[] dGamma;
  private float[] dBeta;
  private double[] sums;

  @Setup
  public void setUp() {
    x = Noise.of(ROWS * channels, 1);
    dy = Noise.of(ROWS * channels, 2);
    y = new float[ROWS * channels];
    ones = new float[channels];
    Arrays.fill(ones, 1);
    zeros = new float[channels];
    dGamma = new float[channels];
    dBeta = new float[channels];
    sums = new double[2 * channels];
  }

  @Benchmark
  public double[] statistics() {
    Backend.compute().channelSums(ROWS, channels, x, sums);
    return sums;
  }

  @Benchmark
  public float[] normalize() {
    Backend.compute().scaleShift(ROWS, channels, x, ones, zeros, false, y);
    return y;
  }

  @Benchmark
  public float[] backward() {
    Backend.compute()
        .batchNormBackward(
            ROWS,
            new NormStatistics(zeros, ones, ones),
            x,
            dy,
            new NormGradients(dGamma, dBeta, y));
    return y;
  }
}
