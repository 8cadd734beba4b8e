package io.octnet.models;

import io.octnet.graph.LayerNode;
import io.octnet.layers.InputLayer;
import io.octnet.layers.Layer;
import io.octnet.tensor.Shape;
import io.octnet.text.Text;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Cuts a model in two; the parts share its layers, hence its weights. */
final class ModelParts {
  private final Model model;
  private final List<LayerNode> nodes;

  ModelParts(Model model) {
    this.model = model;
    this.nodes = model.nodes();
  }

  /** What is needed for the value at a place, itself included. */
  Model until(int last) {
    boolean[] needed = needed(last);
    Map<Integer, Integer> moved = new HashMap<>();
    List<LayerNode> part = new ArrayList<>();
    for (int i = 0; i <= last; i++) {
      if (needed[i]) {
        add(part, moved, i);
      }
    }
    return new Model(model.name() + " until " + name(last), part);
  }

  /** What is computed from the value at a place, which becomes the input. */
  Model after(int cut) {
    boolean[] before = needed(cut);
    Shape shape = nodes.get(cut).shape();
    Layer input = InputLayer.input(shape).layer().named(name(cut) + "_input");
    Map<Integer, Integer> moved = new HashMap<>(Map.of(cut, 0));
    List<LayerNode> part = new ArrayList<>(List.of(new LayerNode(input, List.of(), shape)));
    for (int i = 1; i < nodes.size(); i++) {
      if (i >= before.length || !before[i]) {
        if (!moved.keySet().containsAll(nodes.get(i).inputs())) {
          throw new IllegalArgumentException(
              Text.format(
                  "the model %s cannot go on from %s alone: %s reads earlier layers, too",
                  model.name(), name(cut), nodes.get(i).layer()));
        }
        add(part, moved, i);
      }
    }
    return new Model(model.name() + " after " + name(cut), part);
  }

  private boolean[] needed(int last) {
    boolean[] needed = new boolean[last + 1];
    needed[last] = true;
    for (int i = last; i > 0; i--) {
      if (needed[i]) {
        nodes.get(i).inputs().forEach(k -> needed[k] = true);
      }
    }
    return needed;
  }

  private void add(List<LayerNode> part, Map<Integer, Integer> moved, int i) {
    LayerNode node = nodes.get(i);
    List<Integer> inputs = node.inputs().stream().map(moved::get).toList();
    moved.put(i, part.size());
    part.add(new LayerNode(node.layer(), inputs, node.shape()));
  }

  private String name(int place) {
    return nodes.get(place).layer().name();
  }
}
