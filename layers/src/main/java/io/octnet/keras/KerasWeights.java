package io.octnet.keras;

import io.octnet.hdf5.GroupNode;
import io.octnet.hdf5.Hdf5Exception;
import io.octnet.hdf5.Hdf5Writer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads and writes weight files of Keras.
 *
 * <p>Read: {@code .h5} weights and models of Keras 1, 2 and 3 and the official pretrained files,
 * {@code .weights.h5}, {@code .keras}. What a file claims is compared with what the model expects
 * before any value is read; then everything is loaded, or nothing.
 *
 * <p>Written: {@code .h5} weights, which Keras 2 and 3 load, and {@code .weights.h5}. A file
 * appears whole or not at all, and the same weights give the same bytes.
 */
public final class KerasWeights {
  private KerasWeights() {}

  /**
   * Loads the weights that a model expects, in its order.
   *
   * @throws WeightFormatException if the file is damaged, of another kind, or not for this model;
   *     the message is one line and names the file and the layer or data set
   * @throws IOException if the file cannot be read at all
   */
  public static List<LayerWeights> load(Path file, ExpectedWeights expected) throws IOException {
    try (WeightArchive archive = WeightArchive.open(file)) {
      return new WeightLoader(archive, expected).load();
    } catch (Hdf5Exception e) {
      throw new WeightFormatException(e);
    }
  }

  /**
   * Loads Adam's state for a model, from {@code .h5} and {@code .keras} files.
   *
   * @return empty if the file holds none, or that of another optimizer
   * @throws IOException as {@link #load}
   */
  public static Optional<AdamState> loadAdam(Path file, ExpectedWeights expected)
      throws IOException {
    try (WeightArchive archive = WeightArchive.open(file)) {
      return new AdamReader(archive, expected).read();
    } catch (Hdf5Exception e) {
      throw new WeightFormatException(e);
    }
  }

  /**
   * A text that {@link #save} put into a file.
   *
   * @return empty if the file has no text of that name
   * @throws IOException as {@link #load}
   */
  public static Optional<String> loadText(Path file, String name) throws IOException {
    try (WeightArchive archive = WeightArchive.open(file)) {
      return archive.root().text(name);
    } catch (Hdf5Exception e) {
      throw new WeightFormatException(e);
    }
  }

  /**
   * The configuration of the model that a file holds beside its weights.
   *
   * @return empty if it holds weights alone
   * @throws IOException as {@link #load}
   */
  public static Optional<StoredArchitecture> architecture(Path file) throws IOException {
    return WeightArchive.architecture(file);
  }

  /**
   * Writes weights: as {@code .weights.h5} of Keras 3 or {@code .h5} of Keras 2, by the file's
   * name.
   *
   * @param layers the layers with weights, in Keras's order
   * @throws IOException if the file cannot be written; an existing one stays as it was then
   */
  public static void save(Path file, List<LayerWeights> layers) throws IOException {
    save(file, layers, Optional.empty(), Map.of());
  }

  /**
   * Writes weights, and with them what training needs to go on.
   *
   * @param adam the optimizer's state, in {@code .h5} files alone
   * @param texts attributes of the file, which Keras does not look at
   * @throws IOException if the file cannot be written; an existing one stays as it was then
   */
  public static void save(
      Path file, List<LayerWeights> layers, Optional<AdamState> adam, Map<String, String> texts)
      throws IOException {
    GroupNode root;
    switch (formatFor(file)) {
      case LEGACY_WEIGHTS -> root = LegacyWriter.build(layers, adam);
      default -> {
        if (adam.isPresent()) {
          throw new WeightFormatException(
              file.toString(), "", "cannot hold the optimizer's state: use a name ending in .h5");
        }
        root = VariablesWriter.build(layers);
      }
    }
    texts.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(text -> root.text(text.getKey(), text.getValue()));
    Hdf5Writer.write(file, root);
  }

  /**
   * The format that a file of this name is written in.
   *
   * @throws WeightFormatException if it is none that is written
   */
  static WeightFormat formatFor(Path file) throws WeightFormatException {
    String name = file.getFileName().toString();
    if (name.endsWith(".weights.h5")) {
      return WeightFormat.VARIABLES;
    }
    if (name.endsWith(".h5") || name.endsWith(".hdf5")) {
      return WeightFormat.LEGACY_WEIGHTS;
    }
    throw new WeightFormatException(
        file.toString(),
        "",
        "is no name that weights are written under; expected one ending in .weights.h5 or .h5");
  }
}
