package io.octnet.models;

import io.octnet.layers.Activation;
import io.octnet.layers.ActivationFunction;
import io.octnet.layers.Add;
import io.octnet.layers.BatchNormalization;
import io.octnet.layers.Conv2D;
import io.octnet.layers.Layer;
import io.octnet.layers.ReLU;
import io.octnet.layers.ZeroPadding2D;
import java.util.ArrayList;
import java.util.Arrays;
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
final class Fusion {
  private final List<Node> nodes;
  private final int[] soleReader; // the one place that reads this one, or -1
  private final boolean[] done;
  private final List<Step> steps = new ArrayList<>();

  Fusion(Model model) {
    this.nodes = model.nodes();
    this.soleReader = soleReaders(model);
    this.done = new boolean[nodes.size()];
    this.done[0] = true;
  }

  private static int[] soleReaders(Model model) {
    int[] reader = new int[model.nodes().size()];
    Arrays.fill(reader, -1);
    int[] readers = model.readers();
    for (int i = 0; i < reader.length; i++) {
      for (int k : model.nodes().get(i).inputs()) {
        reader[k] = readers[k] == 1 ? i : -1;
      }
    }
    return reader;
  }

  /** The steps in the order they run in: that of the nodes whose outputs they compute. */
  List<Step> steps() {
    List<FusedConvolution> convolutions = new ArrayList<>();
    for (int i = 1; i < nodes.size(); i++) {
      if (layer(i) instanceof Conv2D conv) {
        FusedConvolution fused = new FusedConvolution(conv, i, input(i));
        absorbAfter(fused, i);
        convolutions.add(fused);
      }
    }
    convolutions.forEach(this::absorbBefore);
    for (FusedConvolution fused : convolutions) {
      steps.add(new Step(fused.last, fused.inputs(), new ConvolutionKernel(fused)));
    }
    for (int i = 1; i < nodes.size(); i++) {
      if (!done[i]) {
        addAlone(i);
      }
    }
    steps.sort(Comparator.comparingInt(Step::place));
    return List.copyOf(steps);
  }

  private void absorbAfter(FusedConvolution fused, int place) {
    done[place] = true;
    if (fused.conv.activation() == ActivationFunction.LINEAR) {
      if (layer(next(fused)) instanceof BatchNormalization norm) {
        fused.norm = norm;
        absorb(fused);
      }
      int sum = next(fused);
      if (layer(sum) instanceof Add && !done[sum] && nodes.get(sum).inputs().size() == 2) {
        List<Integer> both = nodes.get(sum).inputs();
        fused.shortcut = both.get(0) == fused.last ? both.get(1) : both.get(0);
        absorb(fused);
      }
      if (isRelu(layer(next(fused)))) {
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
    return soleReader[fused.last];
  }

  private void absorbBefore(FusedConvolution fused) {
    int from = fused.input;
    if (soleReader[from] < 0 || done[from]) {
      return;
    }
    if (layer(from) instanceof ZeroPadding2D padding) {
      fused.padding = padding;
      done[from] = true;
      fused.input = input(from);
      return;
    }
    boolean relu = isRelu(layer(from));
    int norm = relu ? input(from) : from;
    if (layer(norm) instanceof BatchNormalization before && soleReader[norm] >= 0 && !done[norm]) {
      fused.inputNorm = before;
      fused.inputRelu = relu;
      done[from] = true;
      done[norm] = true;
      fused.input = input(norm);
    }
  }

  private void addAlone(int i) {
    if (layer(i) instanceof BatchNormalization norm) {
      int reader = soleReader[i];
      boolean relu = isRelu(layer(reader)) && !done[reader];
      int last = relu ? reader : i;
      done[i] = true;
      done[last] = true;
      steps.add(new Step(last, nodes.get(i).inputs(), new ScaleShiftKernel(norm, relu)));
    } else {
      done[i] = true;
      steps.add(
          new Step(i, nodes.get(i).inputs(), new LayerKernel(layer(i), i == nodes.size() - 1)));
    }
  }

  private static boolean isRelu(Layer layer) {
    return layer instanceof Activation activation
            && activation.activation() == ActivationFunction.RELU
        || layer instanceof ReLU relu && relu.negativeSlope() == 0;
  }

  /** The layer of a place; null for none. */
  private Layer layer(int place) {
    return place < 0 ? null : nodes.get(place).layer();
  }

  private int input(int place) {
    return nodes.get(place).inputs().getFirst();
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
