package io.octnet.benchmarks.jmh;

import io.octnet.compute.Backend;
import io.octnet.compute.PoolGeometry;
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

/** Maxima over windows of 2x2 in (8, 112, 112, C), and means over whole pictures. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class PoolingBenchmark {
  private static final int BATCH = 8;
  private static final int SIDE = 112;

  @Param({"32", "128"})
  public int channels;

  private PoolGeometry g;
  private float[] x;
  private float[] y;
  private float[] dx;
  private byte[] argmax;

  @Setup
  public void setUp() {
    g = PoolGeometry.valid(BATCH, SIDE, SIDE, channels, 2, 2);
    x = Noise.of(g.inputSize(), 1);
    y = new float[g.outputSize()];
    dx = new float[g.inputSize()];
    argmax = new byte[g.outputSize()];
  }

  @Benchmark
  public float[] max() {
    Backend.compute().maxPool(g, x, y, argmax);
    return y;
  }

  @Benchmark
  public float[] maxBackward() {
    Backend.compute().maxPoolBackward(g, y, argmax, dx);
    return dx;
  }

  @Benchmark
  public float[] globalAverage() {
    Backend.compute().fused().globalAveragePool(BATCH, SIDE * SIDE, channels, x, y);
    return y;
  }
}
