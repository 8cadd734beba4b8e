package io.octnet.benchmarks.jmh;

import io.octnet.compute.Backend;
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

/** Products of square matrices. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class GemmBenchmark {
  @Param({"256", "512", "1024", "2048"})
  public int n;

  private float[] a;
  private float[] b;
  private float[] c;

  @Setup
  public void setUp() {
    a = Noise.of(n * n, 1);
    b = Noise.of(n * n, 2);
    c = new float[n * n];
  }

  @Benchmark
  public float[] gemm() {
    Backend.compute().gemm(false, false, n, n, n, a, 0, b, 0, 0, c, 0);
    return c;
  }
}
