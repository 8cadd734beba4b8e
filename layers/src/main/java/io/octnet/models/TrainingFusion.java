package io.octnet.models;

import io.octnet.layers.ActivationFunction;
import io.octnet.layers.BatchNormalization;
import io.octnet.layers.Conv2D;
import io.octnet.layers.Dropout;
import io.octnet.layers.GlobalAveragePooling2D;
import io.octnet.layers.MaxPooling2D;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Decides which layers a training step computes together. A batch norm goes with what alone reads
 * it, so that the normalised values are never stored:
 *
 * <ul>
 *   <li>norm, ReLU if there is one, convolution;
 *   <li>norm, maximum of windows, dropout if there is one;
 *   <li>norm, mean over positions;
 *   <li>norm, ReLU.
 * </ul>
 *
 * <p>A convolution that a norm alone reads sums up its output for it.
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
    if (graph.layer(place) instanceof BatchNormalization norm) {
      addNorm(place, norm);
    } else if (isPlain(place) && normAfter(place) != null) {
      addStep(place, place, new ConvKernel((Conv2D) graph.layer(place), normAfter(place)));
    } else {
      boolean output = place == graph.size() - 1;
      addStep(place, place, new LayerKernel(graph.layer(place), output));
    }
  }

  private void addNorm(int place, BatchNormalization norm) {
    int next = graph.soleReader(place);
    boolean relu = graph.isRelu(next);
    int reader = relu ? graph.soleReader(next) : next;
    if (isPlain(reader)) {
      done[next] = true;
      Conv2D conv = (Conv2D) graph.layer(reader);
      addStep(place, reader, new NormConvKernel(norm, relu, conv, normAfter(reader)));
    } else if (!relu && graph.layer(next) instanceof MaxPooling2D pool && pool.remembersDropped()) {
      int after = graph.soleReader(next);
      Dropout dropout = graph.layer(after) instanceof Dropout d ? d : null;
      done[next] = true;
      addStep(place, dropout == null ? next : after, new NormPoolKernel(norm, pool, dropout));
    } else if (!relu && graph.layer(next) instanceof GlobalAveragePooling2D mean) {
      addStep(place, next, new NormMeanKernel(norm, mean));
    } else if (relu) {
      addStep(place, next, new NormKernel(norm));
    } else {
      addStep(place, place, new LayerKernel(norm, place == graph.size() - 1));
    }
  }

  /** Whether it is a convolution with a ReLU or no activation. */
  private boolean isPlain(int place) {
    return graph.layer(place) instanceof Conv2D conv
        && (conv.activation() == ActivationFunction.LINEAR
            || conv.activation() == ActivationFunction.RELU);
  }

  /** The batch norm that alone reads a place; null for none. */
  private BatchNormalization normAfter(int place) {
    return graph.layer(graph.soleReader(place)) instanceof BatchNormalization norm ? norm : null;
  }

  private void addStep(int first, int last, Step.Kernel kernel) {
    done[first] = true;
    done[last] = true;
    steps.add(new Step(last, graph.inputs(first), kernel));
  }
}
