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

/** A step of Adam on as many weights as cnn7 and ResNet50 have. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class AdamBenchmark {
  @Param({"2267556", "23587712"})
  public int weights;

  private float[] gradients;
  private float[] m;
  private float[] v;
  private float[] w;

  @Setup
  public void setUp() {
    gradients = Noise.of(weights, 1);
    w = Noise.of(weights, 2);
    m = new float[weights];
    v = new float[weights];
  }

  @Benchmark
  public float[] step() {
    Backend.compute().adam(weights, 1e-3f, 0.9, 0.999, 1e-7f, gradients, m, v, w);
    return w;
  }
}
