package io.octnet.prediction;

import io.octnet.images.Preprocess;
import io.octnet.runs.ModelInfo;
import io.octnet.zoo.Network;
import java.util.List;
import java.util.Optional;

/**
 * What somebody says of a model file, beside what it says itself; null for what was not said.
 *
 * @param classes in the order of the model's outputs
 */
public record Asked(
    Network network, Integer imageSize, Preprocess preprocess, List<String> classes) {
  private static final int IMAGE_SIZE = 224;
  private static final List<String> CLASSES = List.of("CNV", "DME", "DRUSEN", "NORMAL");

  /** Nothing. */
  public static final Asked NOTHING = new Asked(null, null, null, null);

  /** All of it, for weights of a network that was named; empty where none was. */
  Optional<ModelInfo> info() {
    return Optional.ofNullable(network)
        .map(
            named ->
                new ModelInfo(
                    named,
                    imageSize == null ? IMAGE_SIZE : imageSize,
                    preprocess == null ? Preprocess.DIV255 : preprocess,
                    classes == null ? CLASSES : classes));
  }
}
