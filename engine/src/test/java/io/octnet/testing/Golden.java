package io.octnet.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.octnet.tensor.Npy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where the golden files are: {@code -Doctnet.golden=DIR}, else {@code ../shared/golden} beside the
 * project. Tests whose folder is missing are skipped, and say so.
 */
public final class Golden {
  private Golden() {}

  /** The folder of one kind of golden file; skips the calling test where it is missing. */
  public static Path folder(String name) {
    return existing(property("octnet.golden", "../shared/golden").resolve(name));
  }

  /**
   * A folder or file of the shared data beside the project; skips the calling test where it is
   * missing.
   */
  public static Path shared(String name) {
    return existing(property("octnet.shared", "../shared").resolve(name));
  }

  /** Reads an array. */
  public static Npy npy(Path file) {
    try {
      return Npy.read(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path existing(Path path) {
    if (!Files.exists(path)) {
      System.out.println("skipped: no golden files at " + path);
    }
    assumeTrue(Files.exists(path), () -> "no golden files at " + path);
    return path;
  }

  private static Path property(String name, String otherwise) {
    String value = System.getProperty(name);
    return Path.of(value == null || value.isBlank() ? otherwise : value);
  }
}
