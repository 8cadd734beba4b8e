package io.octnet.keras;

import io.octnet.hdf5.DatasetNode;
import io.octnet.hdf5.GroupNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Builds the layout of {@code save_weights("x.h5")} of Keras 2, which Keras 2 and 3 load: a group
 * per layer, {@code layer_names} and {@code weight_names}, data sets {@code
 * conv2d/conv2d/kernel:0}.
 */
final class LegacyWriter {
  /** Keras converts the weights of version 1, and of files that name none. */
  private static final String KERAS_VERSION = "2.15.0";

  private LegacyWriter() {}

  static GroupNode build(List<LayerWeights> layers, Optional<AdamState> adam) {
    GroupNode root = new GroupNode();
    root.strings("layer_names", layers.stream().map(LayerWeights::layer).toList());
    root.text("backend", "tensorflow");
    root.text("keras_version", KERAS_VERSION);
    for (LayerWeights layer : layers) {
      GroupNode group = root.group(layer.layer());
      List<String> names = new ArrayList<>();
      for (NamedArray weight : layer.weights()) {
        put(group, names, name(layer.layer(), weight.name()), weight.shape(), weight.data());
      }
      group.strings("weight_names", names);
    }
    adam.ifPresent(state -> putAdam(root.group("optimizer_weights"), state));
    return root;
  }

  /** As tf_keras has it in the models that it saves; {@code load_weights} does not look at it. */
  private static void putAdam(GroupNode group, AdamState adam) {
    List<String> names = new ArrayList<>();
    names.add("iteration:0");
    group.dataset("iteration:0", DatasetNode.longs(new int[0], adam.iteration()));
    if (Float.isFinite(adam.learningRate())) {
      put(group, names, "learning_rate:0", new int[0], new float[] {adam.learningRate()});
    }
    for (AdamState.Slot slot : adam.slots()) {
      String name = name(slot.layer(), slot.weight());
      put(group, names, "Adam/m/" + name, slot.shape(), slot.m());
      put(group, names, "Adam/v/" + name, slot.shape(), slot.v());
    }
    group.strings("weight_names", names);
  }

  private static void put(
      GroupNode group, List<String> names, String name, int[] shape, float[] values) {
    names.add(name);
    group.dataset(name, DatasetNode.floats(shape, values));
  }

  private static String name(String layer, String weight) {
    return layer + "/" + weight + ":0";
  }
}
