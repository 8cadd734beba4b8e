package io.octnet.keras;

import io.octnet.hdf5.Hdf5Dataset;
import io.octnet.hdf5.Hdf5Exception;
import io.octnet.hdf5.Hdf5Group;
import io.octnet.text.Text;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads Adam's state. Models in {@code .h5} name it after the weights:
 *
 * <pre>
 * tf_keras      iteration:0           Adam/m/conv2d/kernel:0     Adam/v/conv2d/kernel:0
 * Keras 2       Adam/iter:0           Adam/conv2d/kernel/m:0     Adam/conv2d/kernel/v:0
 * Keras 3       adam/iteration        adam/sequential_conv2d_kernel_momentum    ..._velocity
 * </pre>
 *
 * A {@code .keras} file numbers it: iteration, learning rate, then both moments of each weight that
 * is trained, in the model's order, which its configuration tells.
 */
final class AdamReader {
  private final WeightArchive archive;
  private final ExpectedWeights expected;
  private final WeightLoader weights;

  AdamReader(WeightArchive archive, ExpectedWeights expected)
      throws Hdf5Exception, WeightFormatException {
    this.archive = archive;
    this.expected = expected;
    this.weights = new WeightLoader(archive, expected);
  }

  /** The state; empty where the file has none, or that of another optimizer. */
  Optional<AdamState> read() throws Hdf5Exception, WeightFormatException {
    Hdf5Group root = archive.root();
    return switch (archive.format()) {
      case LEGACY_WEIGHTS, LEGACY_MODEL ->
          root.has("optimizer_weights") ? named(root.group("optimizer_weights")) : Optional.empty();
      case KERAS_ARCHIVE ->
          root.has("optimizer") && root.group("optimizer").has("vars")
              ? numbered(root.group("optimizer/vars"))
              : Optional.empty();
      case VARIABLES -> Optional.empty();
    };
  }

  private Optional<AdamState> named(Hdf5Group group) throws Hdf5Exception {
    Map<String, String> byName = new LinkedHashMap<>(); // without the :0
    for (String name : group.strings("weight_names").orElse(List.of())) {
      byName.put(withoutColon(name), name);
    }
    long iteration = -1;
    float learningRate = Float.NaN;
    for (Map.Entry<String, String> entry : byName.entrySet()) {
      switch (entry.getKey().substring(entry.getKey().lastIndexOf('/') + 1)) {
        case "iteration", "iterations", "iter" ->
            iteration = group.dataset(entry.getValue()).readLong();
        case "learning_rate" -> learningRate = scalar(group.dataset(entry.getValue()));
        default -> {}
      }
    }
    List<AdamState.Slot> slots = new ArrayList<>();
    for (ExpectedWeights.Layer layer : expected.layers()) {
      for (int i = 0; i < layer.weights().size(); i++) {
        String stored = withoutColon(weights.stored(layer, i).storedName());
        String m = find(byName, stored, "m", "momentum");
        String v = find(byName, stored, "v", "velocity");
        if (m != null && v != null) {
          slots.add(slot(layer, i, group.dataset(m), group.dataset(v)));
        }
      }
    }
    boolean adam = iteration >= 0 && !slots.isEmpty();
    return adam ? Optional.of(new AdamState(iteration, learningRate, slots)) : Optional.empty();
  }

  /** The stored name of a weight's moment, in one of the three ways; null if there is none. */
  private static String find(
      Map<String, String> byName, String weight, String letter, String word) {
    String flat = weight.replace('/', '_') + "_" + word;
    for (Map.Entry<String, String> entry : byName.entrySet()) {
      String name = "/" + entry.getKey();
      if (name.endsWith("/" + letter + "/" + weight)
          || name.endsWith("/" + weight + "/" + letter)
          || name.endsWith("/" + flat)) {
        return entry.getValue();
      }
    }
    return null;
  }

  private Optional<AdamState> numbered(Hdf5Group vars) throws Hdf5Exception, WeightFormatException {
    record Trained(ExpectedWeights.Layer layer, int weight) {}
    List<Trained> trained = new ArrayList<>();
    Map<StoredLayer, ExpectedWeights.Layer> owners = new HashMap<>();
    expected.layers().forEach(layer -> owners.put(weights.partner(layer.name()), layer));
    Map<String, StoredLayer> byPath = new HashMap<>();
    archive.layers().forEach(layer -> byPath.put(layer.path(), layer));
    for (Map.Entry<String, ModelConfig.Layer> entry :
        archive.config().orElseThrow().layers().entrySet()) {
      StoredLayer stored = byPath.get("/" + entry.getKey());
      if (stored == null || !entry.getValue().trainable()) {
        continue;
      }
      ExpectedWeights.Layer layer = owners.get(stored);
      for (int i = 0; i < layer.weights().size(); i++) {
        if (!layer.weights().get(i).name().startsWith("moving_")) {
          trained.add(new Trained(layer, i));
        }
      }
    }
    int first = vars.names().size() - 2 * trained.size();
    if (first < 1 || first > 2) {
      return Optional.empty(); // another optimizer
    }
    long iteration = vars.dataset("0").readLong();
    float learningRate = first == 2 ? scalar(vars.dataset("1")) : Float.NaN;
    List<AdamState.Slot> slots = new ArrayList<>();
    for (int i = 0; i < trained.size(); i++) {
      Hdf5Dataset m = vars.dataset(Integer.toString(first + 2 * i));
      Hdf5Dataset v = vars.dataset(Integer.toString(first + 2 * i + 1));
      slots.add(slot(trained.get(i).layer(), trained.get(i).weight(), m, v));
    }
    return Optional.of(new AdamState(iteration, learningRate, slots));
  }

  private AdamState.Slot slot(ExpectedWeights.Layer layer, int i, Hdf5Dataset m, Hdf5Dataset v)
      throws Hdf5Exception {
    ExpectedWeights.Weight weight = layer.weights().get(i);
    for (Hdf5Dataset moment : List.of(m, v)) {
      if (!Shapes.same(moment.shape(), weight.shape())) {
        throw moment.error(
            Text.format(
                "has shape %s, the model's %s of %s has shape %s",
                Shapes.text(moment.shape()),
                weight.name(),
                layer.name(),
                Shapes.text(weight.shape())));
      }
    }
    return new AdamState.Slot(
        layer.name(),
        weight.name(),
        weight.shape(),
        WeightLoader.values(m, "m"),
        WeightLoader.values(v, "moving_variance")); // it must not be negative either
  }

  private static float scalar(Hdf5Dataset dataset) throws Hdf5Exception {
    if (dataset.shape().length > 0) {
      throw dataset.error("has shape " + Shapes.text(dataset.shape()) + "; expected one value");
    }
    return WeightLoader.values(dataset, "learning_rate")[0];
  }

  private static String withoutColon(String name) {
    int colon = name.lastIndexOf(':');
    return colon < 0 ? name : name.substring(0, colon);
  }
}
