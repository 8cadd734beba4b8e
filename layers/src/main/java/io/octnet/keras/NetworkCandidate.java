package io.octnet.keras;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;

/**
 * A network that a weight file may be for.
 *
 * @param name what to call it, e.g. {@code vgg16 without top}
 * @param weights what it expects
 */
public record NetworkCandidate(String name, ExpectedWeights weights) {

  /**
   * Those candidates that a file fits: every layer, weight, shape and type. If some fit by the
   * names of all layers, then those alone.
   *
   * @param candidates the known networks for so many classes
   */
  static List<NetworkCandidate> fitting(
      WeightArchive archive, IntFunction<List<NetworkCandidate>> candidates) {
    Map<String, NetworkCandidate> byName = new LinkedHashMap<>();
    Map<String, NetworkCandidate> byOrder = new LinkedHashMap<>();
    for (int classes : possibleClasses(archive)) {
      for (NetworkCandidate candidate : candidates.apply(classes)) {
        try {
          boolean named = new WeightLoader(archive, candidate.weights()).isByName();
          (named ? byName : byOrder).putIfAbsent(candidate.name(), candidate);
        } catch (IOException e) {
          // it does not fit, which is the question
        }
      }
    }
    return List.copyOf((byName.isEmpty() ? byOrder : byName).values());
  }

  /** The outputs of every dense layer: one of them is the last. */
  private static Set<Integer> possibleClasses(WeightArchive archive) {
    Set<Integer> classes = new LinkedHashSet<>();
    for (StoredLayer layer : archive.layers()) {
      for (StoredLayer.StoredWeight weight : layer.weights()) {
        long[] shape = weight.dataset().shape();
        if (shape.length == 2 && shape[1] > 0 && shape[1] <= 100_000 && classes.size() < 8) {
          classes.add((int) shape[1]);
        }
      }
    }
    if (classes.isEmpty()) {
      classes.add(1); // networks without a top have no classes
    }
    return classes;
  }
}
