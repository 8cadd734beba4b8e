package io.octnet.models;

import io.octnet.layers.Layer;
import io.octnet.layers.Pass;
import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;
import io.octnet.text.Text;
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
    IntFunction<Tensor> at = k -> values[k];
    int[] unread = readers();
    values[0] = x.retain();
    observer.accept(0, x);
    for (Step step : steps) {
      List<Tensor> inputs = step.inputs().stream().mapToInt(k -> k).mapToObj(at).toList();
      Tensor value = step.kernel().run(inputs, pass, logits);
      check(step, value, x.dim(0));
      values[step.place()] = value;
      observer.accept(step.place(), value);
      for (int k : step.inputs()) {
        if (--unread[k] == 0) {
          values[k].release();
        }
      }
    }
    return values[values.length - 1];
  }

  /** A layer of somebody else's may compute another shape than it said. */
  private static void check(Step step, Tensor value, int batch) {
    Layer layer = step.kernel().layers().getLast();
    Shape said = layer.outputShape();
    boolean fits =
        value != null && value.shape().rank() == said.rank() + 1 && value.dim(0) == batch;
    for (int axis = 0; fits && axis < said.rank(); axis++) {
      fits = value.dim(axis + 1) == said.dim(axis);
    }
    if (!fits) {
      throw new IllegalStateException(
          Text.format(
              "the layer %s said that an example's output has shape %s, and computed %s for %d examples",
              layer, said, value == null ? "null" : value.shape(), batch));
    }
  }
}
