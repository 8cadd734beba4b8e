package io.octnet.saving;

import io.octnet.keras.KerasWeights;
import io.octnet.keras.StoredArchitecture;
import io.octnet.keras.WeightFormatException;
import io.octnet.layers.Symbol;
import io.octnet.models.Model;
import io.octnet.models.WeightFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * Whole models of Keras 2 and 3: {@code .keras} files, {@code .h5} files of whole models, and
 * configurations ({@code model.to_json()}) with weights beside them.
 */
public final class KerasModels {
  private static final int LONGEST_JSON = 64 << 20;

  private KerasModels() {}

  /** Whether a file says what model its weights are of. */
  public static boolean hasArchitecture(Path file) throws IOException {
    return KerasWeights.architecture(file).isPresent();
  }

  /**
   * The model of a file, with its weights.
   *
   * @throws UnsupportedModelException if it has layers or attributes that are not known here, or no
   *     architecture; the message names the first
   * @throws IOException if it cannot be read, or its weights do not fit its configuration
   */
  public static Model load(Path file) throws IOException {
    return load(file, OptionalInt.empty());
  }

  /**
   * The model of a file, with its weights.
   *
   * @param imageSize height and width of images, where the model leaves them open
   * @throws IOException as {@link #load(Path)}
   */
  public static Model load(Path file, OptionalInt imageSize) throws IOException {
    Model model = architecture(file, imageSize);
    WeightFiles.load(model, file);
    return model;
  }

  /**
   * The model of a file as a classifier: with a softmax at its end, which is added to logits.
   *
   * @throws UnsupportedModelException as {@link #load(Path)}; if it has not several outputs in a
   *     row, or ends in another activation
   */
  public static Model classifier(Path file, OptionalInt imageSize) throws IOException {
    StoredArchitecture stored = stored(file);
    Model model =
        build(
            file.toString(),
            stored.json(),
            stored.kerasVersion(),
            configuration -> Classifier.of(GraphReader.read(configuration, imageSize)));
    WeightFiles.load(model, file);
    return model;
  }

  /**
   * The model of a file, without values.
   *
   * @throws IOException as {@link #load(Path)}
   */
  public static Model architecture(Path file, OptionalInt imageSize) throws IOException {
    StoredArchitecture stored = stored(file);
    return build(
        file.toString(),
        stored.json(),
        stored.kerasVersion(),
        configuration -> GraphReader.read(configuration, imageSize));
  }

  private static StoredArchitecture stored(Path file) throws IOException {
    Optional<StoredArchitecture> stored = KerasWeights.architecture(file);
    if (stored.isEmpty()) {
      throw new UnsupportedModelException(
          file.toString(),
          "holds weights alone, no architecture; name the network (--model), or give the .keras"
              + " file");
    }
    return stored.get();
  }

  /**
   * The model of a configuration, with the weights of a file.
   *
   * @param config what {@code model.to_json()} writes
   * @throws IOException as {@link #load(Path)}
   */
  public static Model load(Path config, Path weights, OptionalInt imageSize) throws IOException {
    Model model = fromJson(config, imageSize);
    WeightFiles.load(model, weights);
    return model;
  }

  /**
   * The model of a configuration, without values.
   *
   * @throws IOException as {@link #load(Path)}
   */
  public static Model fromJson(Path config, OptionalInt imageSize) throws IOException {
    if (!Files.isRegularFile(config) || Files.size(config) > LONGEST_JSON) {
      throw new WeightFormatException(
          config.toString(), "", "is no file, or too large for a configuration");
    }
    String json = new String(Files.readAllBytes(config), StandardCharsets.UTF_8);
    return build(config.toString(), json, null, c -> GraphReader.read(c, imageSize));
  }

  /**
   * The model of a configuration, without values.
   *
   * @param name of the configuration, for errors
   * @throws UnsupportedModelException as {@link #load(Path)}
   */
  public static Model fromJson(String name, String json) throws UnsupportedModelException {
    return build(name, json, null, c -> GraphReader.read(c, OptionalInt.empty()));
  }

  private static Model build(
      String name, String json, String version, Function<Configuration, Symbol> output)
      throws UnsupportedModelException {
    try {
      Configuration configuration = Configuration.parse(json, version);
      return Model.of(configuration.model().name(), output.apply(configuration));
    } catch (Refusal | IllegalArgumentException e) {
      throw new UnsupportedModelException(name, e.getMessage());
    }
  }
}
