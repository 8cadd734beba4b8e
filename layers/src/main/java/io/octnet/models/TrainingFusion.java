package io.octnet.models;

import io.octnet.layers.ActivationFunction;
import io.octnet.layers.BatchNormalization;
import io.octnet.layers.Conv2D;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Decides which layers a training step computes together: a convolution with the batch norm that
 * alone reads it, and a batch norm with the ReLU that alone reads it.
 */
final class TrainingFusion {
  private final Graph graph;
  private final boolean[] done;
  private final List<Step> steps = new ArrayList<>();

  TrainingFusion(Graph graph) {
    this.graph = graph;
    this.done = new boolean[graph.size()];
  }

  Program program() {
    for (int i = 1; i < graph.size(); i++) {
      if (!done[i]) {
        add(i);
      }
    }
    steps.sort(Comparator.comparingInt(Step::place));
    return new Program(steps, graph.size());
  }

  private void add(int place) {
    int next = graph.soleReader(place);
    if (graph.layer(place) instanceof Conv2D conv
        && (conv.activation() == ActivationFunction.LINEAR
            || conv.activation() == ActivationFunction.RELU)
        && graph.layer(next) instanceof BatchNormalization norm) {
      boolean relu = graph.isRelu(graph.soleReader(next));
      int last = relu ? graph.soleReader(next) : next;
      done[next] = true;
      addStep(place, last, new ConvNormKernel(conv, norm, relu));
    } else if (graph.layer(place) instanceof BatchNormalization norm && graph.isRelu(next)) {
      addStep(place, next, new NormKernel(norm));
    } else {
      boolean output = place == graph.size() - 1;
      addStep(place, place, new LayerKernel(graph.layer(place), output));
    }
  }

  private void addStep(int first, int last, Step.Kernel kernel) {
    done[last] = true;
    steps.add(new Step(last, graph.inputs(first), kernel));
  }
}
