package io.octnet.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemporaryFolderTest {
  /** A measurement that is interrupted. */
  static final class Interrupted {
    public static void main(String[] args) throws Exception {
      try (TemporaryFolder folder = new TemporaryFolder("octnet-test")) {
        Files.writeString(folder.path().resolve("file"), "left behind");
        System.exit(3);
      }
    }
  }

  @Test
  void isGoneAfterwards() throws Exception {
    Path path;
    try (TemporaryFolder folder = new TemporaryFolder("octnet-test")) {
      path = folder.path();
      Files.writeString(Files.createDirectory(path.resolve("deep")).resolve("file"), "x");
    }
    assertThat(path).doesNotExist();
  }

  @Test
  void isGoneAfterAnExitInTheMiddle(@TempDir Path temporary) throws Exception {
    Process process =
        new ProcessBuilder(
                System.getProperty("java.home") + "/bin/java",
                "-Djava.io.tmpdir=" + temporary,
                "-cp",
                System.getProperty("java.class.path"),
                Interrupted.class.getName())
            .redirectErrorStream(true)
            .start();

    String said = process.inputReader(StandardCharsets.UTF_8).readAllAsString();
    assertThat(process.waitFor()).as(said).isEqualTo(3);
    assertThat(temporary).isEmptyDirectory();
  }
}
