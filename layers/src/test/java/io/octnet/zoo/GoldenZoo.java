package io.octnet.zoo;

import io.octnet.testing.Golden;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.zip.GZIPInputStream;

/** The weight files of golden/zoo, unpacked once into the build folder. */
public final class GoldenZoo {
  private static final Path UNPACKED = Path.of("target", "golden-zoo");

  private GoldenZoo() {}

  /** The weight file of this name. */
  public static synchronized Path weights(String name) {
    Path packed = Golden.folder("zoo").resolve(name + ".gz");
    Path file = UNPACKED.resolve(name);
    try {
      if (!Files.exists(file) || olderThan(file, packed)) {
        Files.createDirectories(UNPACKED);
        Path part = UNPACKED.resolve(name + ".part");
        try (InputStream in = new GZIPInputStream(Files.newInputStream(packed), 1 << 16)) {
          Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
        }
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file;
  }

  private static boolean olderThan(Path file, Path packed) throws IOException {
    return Files.getLastModifiedTime(file).compareTo(Files.getLastModifiedTime(packed)) < 0;
  }
}
