package io.octnet.models;

import io.octnet.layers.Pass;
import io.octnet.tensor.Tensor;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Steps in the order they run in. Each value is released after its last reader, so that the pool
 * reuses its buffer, unless a backward pass will read it.
 */
final class Program {
  /** Sees the value of each place, and must not keep it without retaining it. */
  interface Observer {
    void accept(int place, Tensor value);
  }

  private final List<Step> steps;
  private final int[] readers; // of each place's value, the caller's reading of the last included

  Program(List<Step> steps, int places) {
    this.steps = List.copyOf(steps);
    this.readers = new int[places];
    steps.forEach(step -> step.inputs().forEach(k -> readers[k]++));
    readers[places - 1]++;
  }

  List<Step> steps() {
    return steps;
  }

  int[] readers() {
    return readers.clone();
  }

  /**
   * Runs it.
   *
   * @param x the value of place 0; not released
   * @param logits whether a closing softmax is left out
   * @return the value of the last place, one hold of the caller's
   */
  Tensor run(Tensor x, Pass pass, boolean logits, Observer observer) {
    Tensor[] values = new Tensor[readers.length];
    IntFunction<Tensor> value = k -> values[k];
    int[] unread = readers();
    values[0] = x.retain();
    observer.accept(0, x);
    for (Step step : steps) {
      List<Tensor> inputs = step.inputs().stream().mapToInt(k -> k).mapToObj(value).toList();
      values[step.place()] = step.kernel().run(inputs, pass, logits);
      observer.accept(step.place(), values[step.place()]);
      for (int k : step.inputs()) {
        if (--unread[k] == 0) {
          values[k].release();
        }
      }
    }
    return values[values.length - 1];
  }
}
