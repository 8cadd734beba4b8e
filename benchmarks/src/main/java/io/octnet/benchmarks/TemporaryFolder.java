package io.octnet.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A folder that is gone after the measurement, also where that is interrupted. */
public final class TemporaryFolder implements AutoCloseable {
  private final Path path;
  private final Thread atExit = new Thread(this::delete);

  /** A new one, whose name begins so. */
  public TemporaryFolder(String name) throws IOException {
    this.path = Files.createTempDirectory(name);
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  /** Where it is. */
  public Path path() {
    return path;
  }

  @Override
  public void close() {
    delete();
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException e) {
      // the JVM is ending already
    }
  }

  private void delete() {
    try (Stream<Path> files = Files.walk(path)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException e) {
      // gone already
    }
  }
}
