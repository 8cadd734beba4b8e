package io.octnet.keras;

import io.octnet.hdf5.Hdf5Dataset;
import io.octnet.hdf5.Hdf5Exception;
import io.octnet.keras.StoredLayer.StoredWeight;
import io.octnet.text.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reads the weights that a model expects. First everything is compared that a file claims: layers,
 * weights, shapes, types. Only then are values read, and looked at.
 */
final class WeightLoader {
  private static final String COUNT = "count";

  private final WeightArchive archive;
  private final ExpectedWeights expected;
  private final Map<String, StoredLayer> partners;

  WeightLoader(WeightArchive archive, ExpectedWeights expected)
      throws Hdf5Exception, WeightFormatException {
    this.archive = archive;
    this.expected = expected;
    this.partners = LayerMatcher.match(archive.name(), archive.layers(), expected);
    for (ExpectedWeights.Layer layer : expected.layers()) {
      checkLayer(layer);
    }
  }

  /** The weights in the model's order. */
  List<LayerWeights> load() throws Hdf5Exception {
    List<LayerWeights> layers = new ArrayList<>();
    for (ExpectedWeights.Layer layer : expected.layers()) {
      List<NamedArray> weights = new ArrayList<>();
      for (int i = 0; i < layer.weights().size(); i++) {
        ExpectedWeights.Weight weight = layer.weights().get(i);
        Hdf5Dataset dataset = stored(layer, i).dataset();
        boolean count = weight.name().equals(COUNT); // of what statistics are of; not needed
        float[] values = count ? new float[1] : values(dataset, weight.name());
        weights.add(new NamedArray(weight.name(), weight.shape(), values));
      }
      layers.add(new LayerWeights(layer.name(), layer.kind(), weights));
    }
    return layers;
  }

  /** The file's weight that is the i-th of a layer of the model. */
  StoredWeight stored(ExpectedWeights.Layer layer, int i) {
    StoredLayer stored = partners.get(layer.name());
    if (isNumbered(stored)) {
      return stored.weights().get(i);
    }
    String name = layer.weights().get(i).name();
    return named(stored, layer, name);
  }

  /** Keras 2 called the kernel of a depthwise convolution depthwise_kernel. */
  private static StoredWeight named(StoredLayer stored, ExpectedWeights.Layer layer, String name) {
    boolean depthwise = layer.kind().equals("DepthwiseConv2D") && name.equals("kernel");
    return stored.weights().stream()
        .filter(w -> w.name().equals(name) || depthwise && w.name().equals("depthwise_kernel"))
        .findFirst()
        .orElse(null);
  }

  /** The file's layer that is the model's layer of this name. */
  StoredLayer partner(String layer) {
    return partners.get(layer);
  }

  /** Whether every layer has in the file the name that the model gives it. */
  boolean isByName() {
    return expected.layers().stream()
        .allMatch(
            layer ->
                partners.get(layer.name()).names().stream()
                    .anyMatch(name -> KerasNames.same(name, layer.name())));
  }

  /** {@code .weights.h5} numbers the weights of a layer in Keras's order. */
  private static boolean isNumbered(StoredLayer stored) {
    return stored.kind() != null;
  }

  private void checkLayer(ExpectedWeights.Layer layer) throws Hdf5Exception, WeightFormatException {
    StoredLayer stored = partners.get(layer.name());
    List<String> names = layer.weights().stream().map(ExpectedWeights.Weight::name).toList();
    List<String> storedNames = stored.weights().stream().map(StoredWeight::name).toList();
    boolean complete = isNumbered(stored);
    if (!complete) {
      complete = names.stream().allMatch(name -> named(stored, layer, name) != null);
    }
    if (names.size() != storedNames.size() || !complete) {
      throw new WeightFormatException(
          archive.name(),
          stored.path(),
          Text.format(
              "has %d weights %s, the model's layer %s has %d %s",
              storedNames.size(), storedNames, layer.name(), names.size(), names));
    }
    for (int i = 0; i < names.size(); i++) {
      Hdf5Dataset dataset = stored(layer, i).dataset();
      int[] shape = layer.weights().get(i).shape();
      if (!Shapes.same(dataset.shape(), shape)) {
        throw dataset.error(
            Text.format(
                "has shape %s, the model's %s of %s has shape %s",
                Shapes.text(dataset.shape()), names.get(i), layer.name(), Shapes.text(shape)));
      }
      if (!dataset.type().isFloat() && !names.get(i).equals(COUNT)) {
        throw dataset.error("holds " + dataset.typeName() + ", weights are float32");
      }
    }
  }

  /** Reads a weight, and refuses what no training can have meant. */
  static float[] values(Hdf5Dataset dataset, String name) throws Hdf5Exception {
    float[] values = dataset.readFloats();
    boolean variance = name.equals("moving_variance") || name.equals("variance");
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        throw dataset.error("holds " + values[i] + " at index " + i + "; weights are finite");
      }
      if (variance && values[i] < 0) {
        throw dataset.error("holds the negative variance " + values[i] + " at index " + i);
      }
    }
    return values;
  }
}
