package io.octnet.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.octnet.tensor.Npy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where the golden files are: {@code -Doctnet.golden=DIR}, else {@code ../shared/golden} beside the
 * project. Tests whose folder is missing are skipped, and say so; in a continuous integration
 * ({@code CI=true}) they fail.
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
    return existing(path, System.getenv("CI"));
  }

  static Path existing(Path path, String ci) {
    boolean there = Files.exists(path);
    if (!there && "true".equals(ci)) {
      throw new AssertionError("no golden files at " + path + ", and CI must not skip them");
    }
    if (!there) {
      System.out.println("skipped: no golden files at " + path);
    }
    assumeTrue(there, () -> "no golden files at " + path);
    return path;
  }

  private static Path property(String name, String otherwise) {
    String value = System.getProperty(name);
    return Path.of(value == null || value.isBlank() ? otherwise : value);
  }
}
