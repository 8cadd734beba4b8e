package io.octnet.models;

import io.octnet.layers.Activation;
import io.octnet.layers.ActivationFunction;
import io.octnet.layers.Layer;
import io.octnet.layers.ReLU;
import java.util.Arrays;
import java.util.List;

/** Nodes in topological order, and who reads whom. The first is the input, the last the output. */
final class Graph {
  private final List<Node> nodes;
  private final int[] readers; // the caller of the last included
  private final int[] soleReader; // -1: none, several, or the caller

  Graph(List<Node> nodes) {
    this.nodes = List.copyOf(nodes);
    this.readers = new int[nodes.size()];
    readers[nodes.size() - 1] = 1;
    this.soleReader = new int[nodes.size()];
    Arrays.fill(soleReader, -1);
    for (int i = 0; i < nodes.size(); i++) {
      for (int k : nodes.get(i).inputs()) {
        soleReader[k] = ++readers[k] == 1 ? i : -1;
      }
    }
  }

  List<Node> nodes() {
    return nodes;
  }

  int size() {
    return nodes.size();
  }

  /** The layer of a place; null for -1, which is none. */
  Layer layer(int place) {
    return place < 0 ? null : nodes.get(place).layer();
  }

  List<Integer> inputs(int place) {
    return nodes.get(place).inputs();
  }

  /** How many read a place, the caller of the last included. */
  int readers(int place) {
    return readers[place];
  }

  /** The one place that reads this one; -1 if there is none or several. */
  int soleReader(int place) {
    return place < 0 ? -1 : soleReader[place];
  }

  /** Whether a place computes {@code max(x, 0)} and nothing else. */
  boolean isRelu(int place) {
    return layer(place) instanceof Activation activation
            && activation.activation() == ActivationFunction.RELU
        || layer(place) instanceof ReLU relu && relu.negativeSlope() == 0;
  }
}
