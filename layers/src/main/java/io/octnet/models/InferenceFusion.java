package io.octnet.models;

import io.octnet.layers.ActivationFunction;
import io.octnet.layers.Add;
import io.octnet.layers.BatchNormalization;
import io.octnet.layers.Conv2D;
import io.octnet.layers.ZeroPadding2D;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Decides which layers are computed together in inference. What is absorbed must have one reader.
 *
 * <ul>
 *   <li>convolution, batch norm, sum with a shortcut, ReLU: one convolution, the norm folded into
 *       its kernel;
 *   <li>batch norm, ReLU, convolution: the norm is applied while the input is gathered;
 *   <li>zero padding, convolution: padding of the convolution's own;
 *   <li>batch norm, ReLU: one pass.
 * </ul>
 */
final class InferenceFusion {
  private final Graph graph;
  private final boolean[] done;
  private final List<Step> steps = new ArrayList<>();

  InferenceFusion(Graph graph) {
    this.graph = graph;
    this.done = new boolean[graph.size()];
  }

  Program program() {
    List<FusedConvolution> convolutions = new ArrayList<>();
    for (int i = 1; i < graph.size(); i++) {
      if (graph.layer(i) instanceof Conv2D conv) {
        FusedConvolution fused = new FusedConvolution(conv, i, input(i));
        absorbAfter(fused, i);
        convolutions.add(fused);
      }
    }
    convolutions.forEach(this::absorbBefore);
    for (FusedConvolution fused : convolutions) {
      steps.add(new Step(fused.last, fused.inputs(), new ConvolutionKernel(fused)));
    }
    for (int i = 1; i < graph.size(); i++) {
      if (!done[i]) {
        addAlone(i);
      }
    }
    steps.sort(Comparator.comparingInt(Step::place));
    return new Program(steps, graph.size());
  }

  private void absorbAfter(FusedConvolution fused, int place) {
    done[place] = true;
    if (fused.conv.activation() == ActivationFunction.LINEAR) {
      if (graph.layer(next(fused)) instanceof BatchNormalization norm) {
        fused.norm = norm;
        absorb(fused);
      }
      int sum = next(fused);
      if (graph.layer(sum) instanceof Add && !done[sum] && graph.inputs(sum).size() == 2) {
        List<Integer> both = graph.inputs(sum);
        fused.shortcut = both.get(0) == fused.last ? both.get(1) : both.get(0);
        absorb(fused);
      }
      if (graph.isRelu(next(fused))) {
        fused.relu = true;
        absorb(fused);
      }
    }
  }

  private void absorb(FusedConvolution fused) {
    fused.last = next(fused);
    done[fused.last] = true;
  }

  private int next(FusedConvolution fused) {
    return graph.soleReader(fused.last);
  }

  private void absorbBefore(FusedConvolution fused) {
    int from = fused.input;
    if (graph.soleReader(from) < 0 || done[from]) {
      return;
    }
    if (graph.layer(from) instanceof ZeroPadding2D padding) {
      fused.padding = padding;
      done[from] = true;
      fused.input = input(from);
      return;
    }
    boolean relu = graph.isRelu(from);
    int norm = relu ? input(from) : from;
    if (graph.layer(norm) instanceof BatchNormalization before
        && graph.soleReader(norm) >= 0
        && !done[norm]) {
      fused.inputNorm = before;
      fused.inputRelu = relu;
      done[from] = true;
      done[norm] = true;
      fused.input = input(norm);
    }
  }

  private void addAlone(int i) {
    if (graph.layer(i) instanceof BatchNormalization norm) {
      int reader = graph.soleReader(i);
      boolean relu = graph.isRelu(reader) && !done[reader];
      int last = relu ? reader : i;
      done[i] = true;
      done[last] = true;
      steps.add(new Step(last, graph.inputs(i), new ScaleShiftKernel(norm, relu, replaceable(i))));
    } else {
      done[i] = true;
      steps.add(
          new Step(i, graph.inputs(i), new LayerKernel(graph.layer(i), i == graph.size() - 1)));
    }
  }

  /** Whether a place alone reads its input, which is not the caller's. */
  private boolean replaceable(int place) {
    return input(place) > 0 && graph.soleReader(input(place)) == place;
  }

  private int input(int place) {
    return graph.inputs(place).getFirst();
  }

  /** A convolution and what was absorbed around it. */
  static final class FusedConvolution {
    final Conv2D conv;
    int last; // the place whose value it computes
    int input; // the place it reads
    int shortcut = -1; // the place it adds
    ZeroPadding2D padding;
    BatchNormalization inputNorm;
    boolean inputRelu;
    BatchNormalization norm;
    boolean relu;

    FusedConvolution(Conv2D conv, int place, int input) {
      this.conv = conv;
      this.last = place;
      this.input = input;
      this.relu = conv.activation() == ActivationFunction.RELU;
    }

    List<Integer> inputs() {
      return shortcut < 0 ? List.of(input) : List.of(input, shortcut);
    }
  }
}
