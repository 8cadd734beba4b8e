package io.octnet.models;

import io.octnet.compute.ConvGeometry;
import io.octnet.layers.ActivationFunction;
import io.octnet.layers.Add;
import io.octnet.layers.BatchNormalization;
import io.octnet.layers.Concatenate;
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
  private final boolean[] apart; // concatenations that are never made
  private final List<Step> steps = new ArrayList<>();

  InferenceFusion(Graph graph) {
    this.graph = graph;
    this.done = new boolean[graph.size()];
    this.apart = new boolean[graph.size()];
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
    leaveApart(convolutions);
    for (FusedConvolution fused : convolutions) {
      steps.add(new Step(fused.last, fused.inputs(), new ConvolutionKernel(fused)));
    }
    for (int i = 1; i < graph.size(); i++) {
      if (!done[i]) {
        addAlone(i);
      }
    }
    steps.sort(Comparator.comparingInt(Step::place));
    sumOverShortcuts();
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

  /**
   * A concatenation that is read by 1x1 convolutions and other concatenations alone is not made:
   * they read its parts.
   */
  private void leaveApart(List<FusedConvolution> convolutions) {
    int[] readable = new int[graph.size()]; // how many readers could read parts
    convolutions.stream().filter(FusedConvolution::isPointwise).forEach(c -> readable[c.input]++);
    for (int i = 0; i < graph.size(); i++) {
      if (graph.layer(i) instanceof Concatenate) {
        graph.inputs(i).forEach(k -> readable[k]++);
      }
    }
    for (int i = 1; i < graph.size() - 1; i++) {
      if (graph.layer(i) instanceof Concatenate && readable[i] == graph.readers(i)) {
        apart[i] = true;
        done[i] = true;
      }
    }
    convolutions.forEach(conv -> conv.parts = parts(conv.input));
  }

  /** The places whose values make up this one's, itself if it is computed. */
  private List<Integer> parts(int place) {
    return apart[place]
        ? graph.inputs(place).stream().flatMap(k -> parts(k).stream()).toList()
        : List.of(place);
  }

  /** A sum may take the place of a shortcut that is not read later, nor by its own convolution. */
  private void sumOverShortcuts() {
    int[] last = new int[graph.size()]; // step that reads a place
    steps.forEach(step -> step.inputs().forEach(k -> last[k] = Math.max(last[k], step.place())));
    for (Step step : steps) {
      if (step.kernel() instanceof ConvolutionKernel kernel && kernel.addsShortcut()) {
        int shortcut = step.inputs().get(1);
        if (shortcut != step.inputs().get(0) && last[shortcut] == step.place()) {
          kernel.sumOverShortcut();
        }
      }
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
          new Step(
              i,
              graph.inputs(i).stream().flatMap(k -> parts(k).stream()).toList(),
              new LayerKernel(graph.layer(i), i == graph.size() - 1)));
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
    List<Integer> parts; // that, or what it would be concatenated of
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

    /** Whether it reads each pixel by itself, and all of them. */
    boolean isPointwise() {
      ConvGeometry g = conv.geometry(1);
      return shortcut < 0
          && padding == null
          && g.kernelHeight() == 1
          && g.kernelWidth() == 1
          && g.strideHeight() == 1
          && g.strideWidth() == 1;
    }

    List<Integer> inputs() {
      return shortcut < 0 ? parts : List.of(input, shortcut);
    }
  }
}
