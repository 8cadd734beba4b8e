package io.octnet.benchmarks.jmh;

import io.octnet.compute.Backend;
import io.octnet.compute.Compute;
import io.octnet.compute.ConvGeometry;
import io.octnet.compute.ConvGradient;
import io.octnet.compute.ConvInput;
import io.octnet.compute.Epilogue;
import io.octnet.compute.simd.Algorithm;
import io.octnet.compute.simd.SimdCompute;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** A 3x3 convolution, batch 8, in its three directions, by each algorithm or the one chosen. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ConvolutionBenchmark {
  /** {@code height channels filters}. */
  @Param({"224 3 32", "56 64 64", "28 256 256"})
  public String shape;

  /** AUTO leaves the choice to the table. */
  @Param({"AUTO", "IM2COL", "DIRECT", "WINOGRAD"})
  public String algorithm;

  private Compute compute;
  private ConvGeometry g;
  private float[] x;
  private float[] kernel;
  private float[] dy;
  private float[] y;
  private float[] dx;
  private float[] dKernel;

  @Setup
  public void setUp() {
    String[] n = shape.split(" ");
    int side = Integer.parseInt(n[0]);
    g =
        ConvGeometry.same(
            8, side, side, Integer.parseInt(n[1]), 3, 3, Integer.parseInt(n[2]), 1, 1);
    Algorithm forced = algorithm.equals("AUTO") ? null : Algorithm.valueOf(algorithm);
    if (forced != null && !forced.serves(g, Algorithm.Direction.FORWARD)) {
      throw new IllegalArgumentException(algorithm + " does not serve " + shape);
    }
    compute = new SimdCompute(Backend.defaultThreads(), forced);
    x = Noise.of(g.inputSize(), 1);
    kernel = Noise.of(g.kernelSize(), 2);
    dy = Noise.of(g.outputSize(), 3);
    y = new float[g.outputSize()];
    dx = new float[g.inputSize()];
    dKernel = new float[g.kernelSize()];
  }

  @TearDown
  public void close() {
    compute.close();
  }

  @Benchmark
  public float[] forward() {
    compute.conv2d(g, ConvInput.of(x), kernel, Epilogue.NONE, y);
    return y;
  }

  @Benchmark
  public float[] backwardData() {
    compute.conv2dBackwardData(g, ConvGradient.of(dy), kernel, dx);
    return dx;
  }

  @Benchmark
  public float[] backwardWeights() {
    compute.conv2dBackwardWeights(g, ConvInput.of(x), ConvGradient.of(dy), dKernel, null);
    return dKernel;
  }
}
