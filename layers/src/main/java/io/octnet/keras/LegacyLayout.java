package io.octnet.keras;

import io.octnet.hdf5.Hdf5Exception;
import io.octnet.hdf5.Hdf5Group;
import io.octnet.keras.StoredLayer.StoredWeight;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The layout of Keras's {@code .h5} files: a group with the attribute {@code layer_names}, in it a
 * group per layer with the attribute {@code weight_names}, in that a data set per weight name.
 *
 * <p>Paths are taken from the attributes, never guessed: Keras 3 puts the model's name before them,
 * and a model used as a layer has the weights of all its layers in one group.
 */
final class LegacyLayout {
  private LegacyLayout() {}

  /** The layers that have weights. */
  static List<StoredLayer> read(String file, Hdf5Group root)
      throws Hdf5Exception, WeightFormatException {
    List<StoredLayer> layers = new ArrayList<>();
    List<String> names = root.strings("layer_names").orElseThrow();
    if (names.stream().distinct().count() < names.size()) {
      throw new WeightFormatException(file, root.path(), "names a layer twice in layer_names");
    }
    for (String name : names) {
      layers.addAll(layersOf(file, name, root.group(name)));
    }
    return layers;
  }

  /** A group's one layer, or the layers of the model that it stands for; none without weights. */
  private static List<StoredLayer> layersOf(String file, String name, Hdf5Group group)
      throws Hdf5Exception, WeightFormatException {
    Optional<List<String>> weightNames = group.strings("weight_names");
    if (weightNames.isEmpty()) {
      throw new WeightFormatException(file, group.path(), "has no attribute weight_names");
    }
    Map<String, List<String>> byOwner = new LinkedHashMap<>();
    for (String weight : weightNames.get()) {
      String owner = weight.substring(0, Math.max(0, weight.lastIndexOf('/')));
      byOwner.computeIfAbsent(owner, _ -> new ArrayList<>()).add(weight);
    }
    List<StoredLayer> layers = new ArrayList<>();
    for (Map.Entry<String, List<String>> owned : byOwner.entrySet()) {
      String owner = owned.getKey();
      boolean inner = byOwner.size() > 1 && !isOwn(owner, name);
      List<String> names = new ArrayList<>();
      if (!inner) {
        names.addAll(KerasNames.candidates(name));
      }
      if (!isOwn(owner, name)) {
        names.addAll(KerasNames.candidates(owner));
        names.addAll(KerasNames.candidates(owner.substring(owner.lastIndexOf('/') + 1)));
      }
      List<String> called = names.stream().distinct().toList();
      String path = inner ? group.path() + "/" + owner : group.path();
      layers.add(
          new StoredLayer(
              path, called, null, inner ? name : "", weights(group, owned.getValue(), called)));
    }
    return layers;
  }

  /** Whether a weight belongs to the layer itself: {@code conv2d} or {@code sequential/conv2d}. */
  private static boolean isOwn(String owner, String layer) {
    return owner.isEmpty() || owner.equals(layer) || owner.endsWith("/" + layer);
  }

  private static List<StoredWeight> weights(
      Hdf5Group group, List<String> stored, List<String> layerNames) throws Hdf5Exception {
    List<StoredWeight> weights = new ArrayList<>();
    for (String weight : stored) {
      weights.add(
          new StoredWeight(KerasNames.weight(weight, layerNames), weight, group.dataset(weight)));
    }
    return weights;
  }
}
