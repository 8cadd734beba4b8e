package io.octnet.benchmarks.jmh;

import io.octnet.autograd.Autograd;
import io.octnet.layers.Pass;
import io.octnet.losses.CategoricalCrossentropy;
import io.octnet.models.Inference;
import io.octnet.models.Model;
import io.octnet.ops.Targets;
import io.octnet.optimizers.Adam;
import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;
import io.octnet.zoo.Network;
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

/**
 * A training step, and a prediction, of cnn3 on 8 pictures of 96x96: layers, autograd and
 * optimizer.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class LayerBenchmark {
  @Param({"cnn3", "cnn7"})
  public String network;

  private final Targets targets = Targets.of(new int[] {0, 1, 2, 3, 0, 1, 2, 3}, 4);
  private final Adam adam = new Adam();
  private Model model;
  private Tensor x;
  private int steps;

  @Setup
  public void setUp() {
    model = Network.of(network).article(96, 96, 4).initialize(1);
    x = Tensor.zeros(Shape.of(8, 96, 96, 3));
    System.arraycopy(Noise.of(x.size(), 1), 0, x.data(), 0, x.size());
  }

  @Benchmark
  public int trainingStep() {
    Tensor logits = model.logits(x, Pass.training(1, 0, steps++));
    Tensor loss = new CategoricalCrossentropy().of(logits, targets);
    logits.release();
    Autograd.backward(loss);
    loss.release();
    adam.step(model.trainableParameters());
    return steps;
  }

  @Benchmark
  public int prediction() {
    try (Inference inference = Inference.of(model)) {
      inference.predict(x).release();
    }
    return steps;
  }
}
