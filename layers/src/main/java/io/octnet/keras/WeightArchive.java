package io.octnet.keras;

import io.octnet.hdf5.Hdf5Exception;
import io.octnet.hdf5.Hdf5File;
import io.octnet.hdf5.Hdf5Group;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * An opened weight file of any format: its layers are known, their values not yet read. The format
 * is told by what is in the file, not by its name.
 */
final class WeightArchive implements AutoCloseable {
  private final String name;
  private final Hdf5File file;
  private final WeightFormat format;
  private final List<StoredLayer> layers;
  private final Optional<ModelConfig> config;
  private final Optional<String> kerasVersion;

  private WeightArchive(String name, Hdf5File file, Optional<ModelConfig> config)
      throws Hdf5Exception, WeightFormatException {
    this.name = name;
    this.file = file;
    this.config = config;
    this.format = config.isPresent() ? WeightFormat.KERAS_ARCHIVE : detect();
    Hdf5Group root = file.root();
    this.kerasVersion = root.text("keras_version");
    this.layers =
        switch (format) {
          case LEGACY_WEIGHTS -> LegacyLayout.read(name, root);
          case LEGACY_MODEL -> LegacyLayout.read(name, root.group("model_weights"));
          case VARIABLES, KERAS_ARCHIVE ->
              VariablesLayout.read(name, root, variablesGroup(root), config);
        };
  }

  /**
   * Opens a file.
   *
   * @throws WeightFormatException if it is damaged or no weight file of Keras
   * @throws IOException if it cannot be read at all
   */
  static WeightArchive open(Path path) throws IOException {
    requireFile(path);
    try {
      if (!isZip(path)) {
        return closingOnFailure(path.toString(), Hdf5File.open(path), Optional.empty());
      }
      try (KerasZip zip = KerasZip.open(path)) {
        ModelConfig config = ModelConfig.parse(path.toString(), zip.text("config.json"));
        ByteBuffer weights = ByteBuffer.wrap(zip.bytes("model.weights.h5"));
        Hdf5File file = Hdf5File.open(path.toString(), weights);
        return closingOnFailure(path.toString(), file, Optional.of(config));
      }
    } catch (Hdf5Exception e) {
      throw new WeightFormatException(e);
    }
  }

  /** The configuration of the model that a file holds; empty where it holds weights alone. */
  static Optional<StoredArchitecture> architecture(Path path) throws IOException {
    requireFile(path);
    try {
      if (isZip(path)) {
        try (KerasZip zip = KerasZip.open(path)) {
          String version = ModelConfig.version(zip.text("metadata.json"));
          return Optional.of(new StoredArchitecture(zip.text("config.json"), version));
        }
      }
      try (Hdf5File file = Hdf5File.open(path)) {
        Optional<String> version = file.root().text("keras_version");
        return file.root()
            .text("model_config")
            .map(json -> new StoredArchitecture(json, version.orElse(null)));
      }
    } catch (Hdf5Exception e) {
      throw new WeightFormatException(e);
    }
  }

  private static void requireFile(Path path) throws WeightFormatException {
    String problem =
        !Files.exists(path)
            ? "does not exist"
            : !Files.isRegularFile(path)
                ? "is not a file"
                : !Files.isReadable(path) ? "must not be read: permission denied" : "";
    if (!problem.isEmpty()) {
      throw new WeightFormatException(path.toString(), "", problem);
    }
  }

  private static WeightArchive closingOnFailure(
      String name, Hdf5File file, Optional<ModelConfig> config) throws IOException {
    try {
      return new WeightArchive(name, file, config);
    } catch (IOException | RuntimeException | Error e) {
      file.close();
      throw e;
    }
  }

  private static boolean isZip(Path path) throws IOException {
    try (InputStream in = Files.newInputStream(path)) {
      byte[] start = in.readNBytes(2);
      return start.length == 2 && start[0] == 'P' && start[1] == 'K';
    }
  }

  private WeightFormat detect() throws Hdf5Exception, WeightFormatException {
    Hdf5Group root = file.root();
    if (root.strings("layer_names").isPresent()) {
      return WeightFormat.LEGACY_WEIGHTS;
    }
    if (root.hasGroup("model_weights")
        && root.group("model_weights").strings("layer_names").isPresent()) {
      return WeightFormat.LEGACY_MODEL;
    }
    if (root.hasGroup(variablesGroup(root))) {
      return WeightFormat.VARIABLES;
    }
    throw new WeightFormatException(
        name,
        "",
        "is HDF5, but not a weight file of Keras: no layer_names, no model_weights, no layers");
  }

  /** Keras 2.12 and 2.13 called it otherwise. */
  private static String variablesGroup(Hdf5Group root) throws Hdf5Exception {
    String early = "_layer_checkpoint_dependencies";
    return root.has(early) ? early : "layers";
  }

  String name() {
    return name;
  }

  WeightFormat format() {
    return format;
  }

  List<StoredLayer> layers() {
    return layers;
  }

  Hdf5Group root() {
    return file.root();
  }

  Optional<ModelConfig> config() {
    return config;
  }

  /** The version of Keras that wrote the file, where it says so. */
  Optional<String> kerasVersion() {
    return kerasVersion;
  }

  @Override
  public void close() {
    file.close();
  }
}
