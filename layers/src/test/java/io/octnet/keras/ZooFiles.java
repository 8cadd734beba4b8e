package io.octnet.keras;

import io.octnet.testing.Golden;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.zip.GZIPInputStream;

/** The weight files of the three networks, unpacked into {@code target/zoo} when first wanted. */
public final class ZooFiles {
  private ZooFiles() {}

  /**
   * A file by its name without {@code .h5}, e.g. {@code vgg16_notop}; skips the calling test where
   * it is missing.
   */
  public static synchronized Path get(String name) throws IOException {
    Path packed = Golden.folder("zoo").resolve(name + ".h5.gz");
    Path file = Path.of("target", "zoo", name + ".h5");
    if (!Files.exists(file)) {
      Files.createDirectories(file.getParent());
      Path partial = Files.createTempFile(file.getParent(), name, ".part");
      try (InputStream in = new GZIPInputStream(Files.newInputStream(packed), 1 << 16)) {
        Files.copy(in, partial, StandardCopyOption.REPLACE_EXISTING);
      }
      Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
    }
    return file;
  }
}
