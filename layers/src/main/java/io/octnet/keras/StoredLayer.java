package io.octnet.keras;

import io.octnet.hdf5.Hdf5Dataset;
import java.util.List;

/**
 * A layer as a file has it; its values have not been read.
 *
 * @param path where it is in the file, e.g. {@code /model_weights/dense}
 * @param names what it may be called, best guess first; none where the file does not say
 * @param kind its class in snake case where the file says so ({@code conv2d}), else null
 * @param container the model inside which it stands, empty for the outermost
 * @param weights its weights, in the file's order
 */
record StoredLayer(
    String path, List<String> names, String kind, String container, List<StoredWeight> weights) {

  /**
   * A weight as a file has it.
   *
   * @param name Keras 3's name of it, e.g. {@code kernel}; its number where the file has no names
   * @param storedName the name as it stands in the file, e.g. {@code conv2d/kernel:0}
   */
  record StoredWeight(String name, String storedName, Hdf5Dataset dataset) {}

  /** The name, or where it is. */
  String name() {
    return names.isEmpty() ? path.substring(path.lastIndexOf('/') + 1) : names.getFirst();
  }
}
