package io.octnet.models;

import io.octnet.graph.LayerNode;
import io.octnet.layers.Deterministic;
import io.octnet.layers.Layer;
import io.octnet.layers.Parameter;
import java.util.List;

/** Finds where the constant part of a partly frozen model ends. */
final class Cut {
  private final List<LayerNode> nodes;

  Cut(Model model) {
    this.nodes = model.nodes();
  }

  /** The last place at which a single constant value separates what follows from the input. */
  String layer() {
    boolean[] constant = new boolean[nodes.size()];
    int best = 0;
    for (int i = 0; i < nodes.size(); i++) {
      LayerNode node = nodes.get(i);
      constant[i] = !varies(node.layer()) && node.inputs().stream().allMatch(k -> constant[k]);
      if (constant[i] && i < nodes.size() - 1 && separates(i)) {
        best = i;
      }
    }
    return nodes.get(best).layer().name();
  }

  private static boolean varies(Layer layer) {
    return !(layer instanceof Deterministic)
        || layer.parameters().stream().anyMatch(Parameter::isTrainable);
  }

  /** Whether no layer after this place reads anything before it, apart from what it leads to. */
  private boolean separates(int place) {
    for (LayerNode node : nodes.subList(place + 1, nodes.size())) {
      if (node.inputs().stream().anyMatch(k -> k < place)) {
        return false;
      }
    }
    return true;
  }
}
