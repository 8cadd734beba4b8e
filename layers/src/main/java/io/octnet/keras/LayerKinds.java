package io.octnet.keras;

import io.octnet.keras.StoredLayer.StoredWeight;
import io.octnet.text.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Says what the layers of a file are where no model says it: convolutions, dense layers and batch
 * norms are told by the names of their weights, or by the class and the number of them.
 */
final class LayerKinds {
  private static final List<String> KERNEL = List.of("kernel");
  private static final List<String> KERNEL_AND_BIAS = List.of("kernel", "bias");
  private static final List<String> NORM =
      List.of("gamma", "beta", "moving_mean", "moving_variance");

  private LayerKinds() {}

  /**
   * What a model would expect that has exactly the layers of a file, in the file's order.
   *
   * @throws WeightFormatException if there is a layer of another kind
   */
  static ExpectedWeights of(WeightArchive archive) throws WeightFormatException {
    List<ExpectedWeights.Layer> layers = new ArrayList<>();
    for (StoredLayer stored : archive.layers()) {
      layers.add(layer(archive.name(), stored));
    }
    return new ExpectedWeights(layers);
  }

  private static ExpectedWeights.Layer layer(String file, StoredLayer stored)
      throws WeightFormatException {
    List<String> names =
        names(stored)
            .orElseThrow(
                () ->
                    new WeightFormatException(
                        file,
                        stored.path(),
                        "is no convolution, dense layer or batch norm; others are not converted"));
    List<ExpectedWeights.Weight> weights = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      weights.add(new ExpectedWeights.Weight(names.get(i), shape(file, weight(stored, names, i))));
    }
    boolean norm = names.equals(NORM);
    int rank = weights.getFirst().shape().length;
    if (norm ? rank != 1 : rank != 2 && rank != 4) {
      throw new WeightFormatException(
          file,
          stored.path(),
          Text.format("has weights of %d axes, which is not known here", rank));
    }
    String kind = norm ? "BatchNormalization" : rank == 4 ? "Conv2D" : "Dense";
    return new ExpectedWeights.Layer(stored.name(), kind, weights);
  }

  /** The names of a layer's weights in Keras's order. */
  private static Optional<List<String>> names(StoredLayer stored) {
    Set<String> present =
        stored.weights().stream().map(StoredWeight::name).collect(Collectors.toSet());
    for (List<String> names : List.of(KERNEL, KERNEL_AND_BIAS, NORM)) {
      boolean same =
          stored.kind() == null
              ? present.equals(Set.copyOf(names))
              : stored.weights().size() == names.size() && isOfKind(stored.kind(), names);
      if (same && stored.weights().size() == names.size()) {
        return Optional.of(names);
      }
    }
    return Optional.empty();
  }

  private static boolean isOfKind(String kind, List<String> names) {
    return switch (kind) {
      case "conv2d", "dense" -> !names.equals(NORM);
      case "batch_normalization" -> names.equals(NORM);
      default -> false;
    };
  }

  private static StoredWeight weight(StoredLayer stored, List<String> names, int i) {
    return stored.weights().stream()
        .filter(weight -> weight.name().equals(names.get(i)))
        .findFirst()
        .orElseGet(() -> stored.weights().get(i));
  }

  private static int[] shape(String file, StoredWeight weight) throws WeightFormatException {
    long[] shape = weight.dataset().shape();
    int[] result = new int[shape.length];
    for (int axis = 0; axis < shape.length; axis++) {
      if (shape[axis] < 1 || shape[axis] > Integer.MAX_VALUE) {
        throw new WeightFormatException(
            file, weight.dataset().path(), "has shape " + Shapes.text(shape));
      }
      result[axis] = (int) shape[axis];
    }
    return result;
  }
}
