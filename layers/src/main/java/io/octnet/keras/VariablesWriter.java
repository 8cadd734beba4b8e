package io.octnet.keras;

import io.octnet.hdf5.DatasetNode;
import io.octnet.hdf5.GroupNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Builds the layout of {@code save_weights("x.weights.h5")} of Keras 3: {@code
 * layers/conv2d_1/vars/0}, counted per class in the order of the layers. The attribute {@code name}
 * of each {@code vars} tells the layer's name.
 */
final class VariablesWriter {
  private VariablesWriter() {}

  static GroupNode build(List<LayerWeights> layers) {
    GroupNode root = new GroupNode();
    root.group("vars");
    Map<String, Integer> seen = new HashMap<>();
    for (LayerWeights layer : layers) {
      String kind = KerasNames.snakeCase(layer.kind());
      int count = seen.merge(kind, 1, Integer::sum);
      GroupNode vars =
          root.group("layers/" + (count == 1 ? kind : kind + "_" + (count - 1)) + "/vars");
      vars.text("name", layer.layer());
      for (int i = 0; i < layer.weights().size(); i++) {
        NamedArray weight = layer.weights().get(i);
        vars.dataset(Integer.toString(i), DatasetNode.floats(weight.shape(), weight.data()));
      }
    }
    return root;
  }
}
