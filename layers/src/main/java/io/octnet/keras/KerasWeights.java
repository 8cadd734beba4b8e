package io.octnet.keras;

import io.octnet.hdf5.Hdf5Exception;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Reads and writes weight files of Keras.
 *
 * <p>Read: {@code .h5} weights and models of Keras 1, 2 and 3 and the official pretrained files,
 * {@code .weights.h5}, {@code .keras}. What a file claims is compared with what the model expects
 * before any value is read; then everything is loaded, or nothing.
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
}
