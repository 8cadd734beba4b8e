package io.octnet.keras;

import io.octnet.hdf5.Hdf5Exception;
import io.octnet.hdf5.Hdf5Group;
import io.octnet.keras.StoredLayer.StoredWeight;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The layout of {@code .weights.h5} files, and of the weights in a {@code .keras} file: {@code
 * layers/<class in snake case>[_k]/vars/0...}, counted per class in the order of the layers; a
 * model inside a model has {@code layers} of its own.
 */
final class VariablesLayout {
  private static final int DEEPEST = 16;

  private final String file;
  private final Optional<ModelConfig> config;
  private final List<Placed> layers = new ArrayList<>();

  /** A layer and its place in the model, where that is known. */
  private record Placed(StoredLayer layer, int place) {}

  private VariablesLayout(String file, Optional<ModelConfig> config) {
    this.file = file;
    this.config = config;
  }

  /**
   * The layers that have weights: in their order where there is a configuration, which tells it;
   * else those of one class and model are in their order.
   *
   * @param container the name of the group of layers, {@code layers}
   */
  static List<StoredLayer> read(
      String file, Hdf5Group root, String container, Optional<ModelConfig> config)
      throws Hdf5Exception, WeightFormatException {
    VariablesLayout layout = new VariablesLayout(file, config);
    layout.collect(root.group(container), "layers", 0);
    return layout.layers.stream()
        .sorted(Comparator.comparing(Placed::place))
        .map(Placed::layer)
        .toList();
  }

  private void collect(Hdf5Group container, String path, int depth)
      throws Hdf5Exception, WeightFormatException {
    if (depth > DEEPEST) {
      throw new WeightFormatException(file, container.path(), "has models nested too deeply");
    }
    List<String> names = new ArrayList<>(container.names());
    names.sort(
        Comparator.comparing(KerasNames::stem)
            .thenComparing(KerasNames::number)
            .thenComparing(Comparator.naturalOrder()));
    for (String name : names) {
      Hdf5Group layer = container.group(name);
      if (layer.has("layers")) {
        collect(layer.group("layers"), path + "/" + name + "/layers", depth + 1);
      }
      for (String inner : layer.names()) {
        if (!inner.equals("layers") && !inner.equals("vars") && hasValues(layer.group(inner), 0)) {
          throw new WeightFormatException(
              file,
              layer.path() + "/" + inner,
              "belongs to a kind of layer that is not known here");
        }
      }
      if (layer.has("vars") && !layer.group("vars").names().isEmpty()) {
        layers.add(layer(name, layer, path + "/" + name, path));
      }
    }
  }

  private boolean hasValues(Hdf5Group group, int depth)
      throws Hdf5Exception, WeightFormatException {
    if (depth > DEEPEST) {
      throw new WeightFormatException(file, group.path(), "is nested too deeply");
    }
    for (String name : group.names()) {
      if (!group.hasGroup(name) || hasValues(group.group(name), depth + 1)) {
        return true;
      }
    }
    return false;
  }

  private Placed layer(String name, Hdf5Group layer, String path, String container)
      throws Hdf5Exception, WeightFormatException {
    Hdf5Group vars = layer.group("vars");
    List<StoredWeight> weights = new ArrayList<>();
    int count = vars.names().size();
    for (int i = 0; i < count; i++) {
      String number = Integer.toString(i);
      weights.add(new StoredWeight(number, number, vars.dataset(number)));
    }
    Optional<String> attribute = vars.text("name");
    Optional<ModelConfig.Layer> configured = config.map(model -> model.layers().get(path));
    List<String> called =
        configured
            .map(ModelConfig.Layer::name)
            .or(() -> attribute)
            .map(KerasNames::candidates)
            .orElse(List.of());
    int place = configured.map(ModelConfig.Layer::place).orElse(Integer.MAX_VALUE);
    String kind = KerasNames.stem(name);
    return new Placed(new StoredLayer(layer.path(), called, kind, container, weights), place);
  }
}
