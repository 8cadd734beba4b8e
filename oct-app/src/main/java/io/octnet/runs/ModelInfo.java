package io.octnet.runs;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import io.octnet.UserException;
import io.octnet.images.BitDepth;
import io.octnet.images.Preprocess;
import io.octnet.zoo.Network;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * What a weight file's network takes and says. It stands in the file itself, as a text that Keras
 * does not look at, so that the file alone can predict.
 *
 * @param depth of 16-bit samples, as the training scans had it; null where none of them told it
 * @param classes their names, in the order of the outputs
 */
public record ModelInfo(
    Network network, int imageSize, Preprocess preprocess, BitDepth depth, List<String> classes) {
  private static final String NAME = "octnet_model";

  /** The form in the file. */
  private record Stored(
      String network, int image_size, String preprocess, String bit_depth, List<String> classes) {}

  public ModelInfo {
    classes = List.copyOf(classes);
  }

  /** Where nothing is known of 16-bit samples. */
  public ModelInfo(Network network, int imageSize, Preprocess preprocess, List<String> classes) {
    this(network, imageSize, preprocess, null, classes);
  }

  /** The texts to save with the weights. */
  public Map<String, String> texts() {
    Stored stored =
        new Stored(
            network.id(),
            imageSize,
            preprocess.name(),
            depth == null ? null : "" + depth.bits(),
            classes);
    return Map.of(NAME, new Gson().toJson(stored));
  }

  /** Reads the text that was saved with weights; empty for a file that something else wrote. */
  public static Optional<ModelInfo> read(Path file) throws java.io.IOException {
    Optional<String> text = io.octnet.keras.KerasWeights.loadText(file, NAME);
    return text.map(json -> parse(file, json));
  }

  private static ModelInfo parse(Path file, String json) {
    try {
      Stored stored = new Gson().fromJson(json, Stored.class);
      return new ModelInfo(
          Network.of(stored.network),
          stored.image_size,
          Preprocess.valueOf(stored.preprocess),
          stored.bit_depth == null ? null : BitDepth.of(stored.bit_depth).orElseThrow(),
          stored.classes);
    } catch (JsonParseException
        | IllegalArgumentException
        | NullPointerException
        | NoSuchElementException e) {
      throw new UserException(file + ": what it says about its network is damaged", e);
    }
  }
}
