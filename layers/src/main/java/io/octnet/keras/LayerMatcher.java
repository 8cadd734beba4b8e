package io.octnet.keras;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds for each layer of a model the one layer of a file that it is, by name; every layer of
 * either must have its partner.
 *
 * <p>Names that Keras made up ({@code conv2d_7}) depend on what else was built in the same session,
 * and some files have no names at all. Where they do not agree as they are, the layers of one class
 * are matched in their order, which is what Keras itself does, provided that there are equally many
 * and that the file says their order.
 */
final class LayerMatcher {
  private static final Set<String> TOP = Set.of("fc1", "fc2", "fc1000", "probs", "predictions");

  private final String file;
  private final Map<String, StoredLayer> partners = new HashMap<>(); // by the model's layer

  private LayerMatcher(String file) {
    this.file = file;
  }

  /**
   * The partners, by the name of the model's layer.
   *
   * @throws WeightFormatException if a layer has none; the message names the first
   */
  static Map<String, StoredLayer> match(
      String file, List<StoredLayer> stored, ExpectedWeights expected)
      throws WeightFormatException {
    LayerMatcher matcher = new LayerMatcher(file);
    Map<String, List<ExpectedWeights.Layer>> expectedByKind = new LinkedHashMap<>();
    for (ExpectedWeights.Layer layer : expected.layers()) {
      expectedByKind.computeIfAbsent(group(layer, stored), _ -> new ArrayList<>()).add(layer);
    }
    Map<String, List<StoredLayer>> storedByKind = new LinkedHashMap<>();
    for (StoredLayer layer : stored) {
      String kind = layer.kind() != null ? layer.kind() : KerasNames.stem(layer.name());
      String group = expectedByKind.containsKey(kind) || layer.kind() != null ? kind : "";
      storedByKind.computeIfAbsent(group, _ -> new ArrayList<>()).add(layer);
    }
    Set<String> groups = new LinkedHashSet<>(expectedByKind.keySet());
    groups.addAll(storedByKind.keySet());
    for (String group : groups) {
      matcher.matchGroup(
          storedByKind.getOrDefault(group, List.of()),
          expectedByKind.getOrDefault(group, List.of()),
          !group.isEmpty());
    }
    return matcher.partners;
  }

  /**
   * The class by which a layer can be matched in order: every layer's in a file that tells classes;
   * elsewhere that of layers whose names Keras made up from it; else empty.
   */
  private static String group(ExpectedWeights.Layer layer, List<StoredLayer> stored) {
    String kind = KerasNames.snakeCase(layer.kind());
    boolean tellsClasses = !stored.isEmpty() && stored.getFirst().kind() != null;
    return tellsClasses || KerasNames.stem(layer.name()).equals(kind) ? kind : "";
  }

  private void matchGroup(
      List<StoredLayer> stored, List<ExpectedWeights.Layer> expected, boolean ordered)
      throws WeightFormatException {
    if (matchByName(stored, expected)) {
      return;
    }
    boolean oneContainer = stored.stream().map(StoredLayer::container).distinct().count() == 1;
    boolean toldOrder =
        ordered && oneContainer && (stored.getFirst().kind() != null || isOutermost(stored));
    if (toldOrder && stored.size() == expected.size()) {
      for (int i = 0; i < stored.size(); i++) {
        partners.put(expected.get(i).name(), stored.get(i));
      }
      return;
    }
    throw mismatch(stored, expected);
  }

  private static boolean isOutermost(List<StoredLayer> stored) {
    return stored.getFirst().container().isEmpty();
  }

  /** Matches all of them, or none. */
  private boolean matchByName(List<StoredLayer> stored, List<ExpectedWeights.Layer> expected) {
    Map<String, String> unslashed = unslashed(expected);
    Map<String, StoredLayer> found = new HashMap<>();
    for (StoredLayer layer : stored) {
      String name = partner(layer, unslashed);
      if (name == null || found.put(name, layer) != null) {
        return false;
      }
    }
    if (found.size() < expected.size()) {
      return false;
    }
    partners.putAll(found);
    return true;
  }

  /** The names of layers by what they are compared by. */
  private static Map<String, String> unslashed(List<ExpectedWeights.Layer> layers) {
    Map<String, String> names = new HashMap<>();
    layers.forEach(layer -> names.put(KerasNames.unslashed(layer.name()), layer.name()));
    return names;
  }

  private static String partner(StoredLayer layer, Map<String, String> unslashed) {
    if (!layer.container().isEmpty()) { // two models inside a model may use one name
      String name = unslashed.get(KerasNames.unslashed(layer.container() + "/" + layer.name()));
      if (name != null) {
        return name;
      }
    }
    for (String candidate : layer.names()) {
      String name = unslashed.get(KerasNames.unslashed(candidate));
      if (name != null) {
        return name;
      }
    }
    return null;
  }

  /** What to say of layers that could not be matched: the first that has no partner. */
  private WeightFormatException mismatch(
      List<StoredLayer> stored, List<ExpectedWeights.Layer> expected) {
    if (stored.stream().anyMatch(layer -> layer.names().isEmpty())) {
      return mismatchOfUnnamed(stored, expected);
    }
    Map<String, String> unslashed = unslashed(expected);
    Set<String> found = new HashSet<>();
    for (StoredLayer layer : stored) {
      String name = partner(layer, unslashed);
      if (name == null) {
        return extra(layer);
      }
      if (!found.add(name)) {
        return new WeightFormatException(
            file, layer.path(), "is one of several layers that could be the model's layer " + name);
      }
    }
    return missing(
        expected.stream()
            .map(ExpectedWeights.Layer::name)
            .filter(name -> !found.contains(name))
            .findFirst()
            .orElseThrow());
  }

  private WeightFormatException mismatchOfUnnamed(
      List<StoredLayer> stored, List<ExpectedWeights.Layer> expected) {
    if (stored.size() > expected.size()) {
      return extra(stored.get(expected.size()));
    }
    if (stored.size() < expected.size()) {
      return missing(expected.get(stored.size()).name());
    }
    return new WeightFormatException(
        file,
        stored.getFirst().path(),
        "and others of its class stand in several models inside each other, and the file does not"
            + " name them: save it as .keras or .h5 instead");
  }

  private WeightFormatException extra(StoredLayer layer) {
    String hint =
        TOP.contains(layer.name())
            ? ": the file has the classifier on top; use the one without (notop)"
            : "; inspect-weights shows what the file is for";
    return new WeightFormatException(
        file, layer.path(), "is a layer that the model does not have" + hint);
  }

  private WeightFormatException missing(String name) {
    String hint = TOP.contains(name) ? ": the file is one without the classifier on top" : "";
    return new WeightFormatException(
        file, "/" + name, "is missing: the model has this layer, the file does not" + hint);
  }
}
