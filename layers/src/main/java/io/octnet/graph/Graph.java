package io.octnet.graph;

import io.octnet.layers.Layer;
import java.util.Arrays;
import java.util.List;

/**
 * Layers in topological order, and who reads whom. The first is the input, the last the output. A
 * place is a position in that order.
 */
public final class Graph {
  private final List<LayerNode> nodes;
  private final int[] readers; // the caller of the last included
  private final int[] soleReader; // -1: none, several, or the caller

  /** Of nodes in topological order. */
  public Graph(List<LayerNode> nodes) {
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

  /** All of them. */
  public List<LayerNode> nodes() {
    return nodes;
  }

  /** How many places there are. */
  public int size() {
    return nodes.size();
  }

  /** The place of the output. */
  public int output() {
    return nodes.size() - 1;
  }

  /** The layer of a place; null for -1, which is none. */
  public Layer layer(int place) {
    return place < 0 ? null : nodes.get(place).layer();
  }

  /** The places that a place reads. */
  public List<Integer> inputs(int place) {
    return nodes.get(place).inputs();
  }

  /** How many read a place, the caller of the last included. */
  public int readers(int place) {
    return readers[place];
  }

  /** The one place that reads this one; -1 if there is none or several. */
  public int soleReader(int place) {
    return place < 0 ? -1 : soleReader[place];
  }
}
