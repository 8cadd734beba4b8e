package io.octnet.fusion;

import io.octnet.graph.Graph;
import io.octnet.layers.Pass;
import io.octnet.tensor.Tensor;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Steps in the order they run in. Each value is released after its last reader, so that the pool
 * reuses its buffer, unless a backward pass will read it.
 *
 * <p>Nothing of it changes while it runs: it is safe for use by several threads.
 */
public final class Program implements AutoCloseable {
  /** Sees the value of each place, and must not keep it without retaining it. */
  public interface Observer {
    /** The value of a place, just computed. */
    void accept(int place, Tensor value);
  }

  private final List<Step> steps;
  private final int[] readers; // of each place's value, the caller's reading of the last included

  /**
   * Of steps in any order.
   *
   * @param places of the graph that they compute
   */
  Program(List<Step> steps, int places) {
    this.steps = steps.stream().sorted(Comparator.comparingInt(Step::place)).toList();
    this.readers = new int[places];
    steps.forEach(step -> step.inputs().forEach(k -> readers[k]++));
    readers[places - 1]++;
  }

  /** One step a layer. */
  public static Program plain(Graph graph) {
    List<Step> steps =
        IntStream.range(1, graph.size()).mapToObj(i -> LayerOperation.step(graph, i)).toList();
    return new Program(steps, graph.size());
  }

  /** The steps, in order. */
  public List<Step> steps() {
    return steps;
  }

  /**
   * Runs it.
   *
   * @param x the value of place 0; not released
   * @param logits whether a closing softmax is left out
   * @return the value of the last place, one hold of the caller's
   */
  public Tensor run(Tensor x, Pass pass, boolean logits, Observer observer) {
    Tensor[] values = new Tensor[readers.length];
    IntFunction<Tensor> value = k -> values[k];
    int[] unread = readers.clone();
    values[0] = x.retain();
    observer.accept(0, x);
    for (Step step : steps) {
      List<Tensor> inputs = step.inputs().stream().mapToInt(k -> k).mapToObj(value).toList();
      values[step.place()] = step.operation().run(inputs, pass, logits);
      observer.accept(step.place(), values[step.place()]);
      for (int k : step.inputs()) {
        if (--unread[k] == 0) {
          values[k].release();
        }
      }
    }
    return values[values.length - 1];
  }

  /** As the other, seen by nobody. */
  public Tensor run(Tensor x, Pass pass, boolean logits) {
    return run(x, pass, logits, (place, value) -> {});
  }

  /** Gives back what was prepared for its steps. */
  @Override
  public void close() {
    steps.forEach(step -> step.operation().close());
  }
}
