package io.octnet.packaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The jar alone in a folder, and with the add-on for OpenCL beside it. */
@Timeout(60)
class OpenClAddOnIT {
  private static final String HOW = "lay octnet-opencl.jar beside oct-app.jar";

  @TempDir Path folder;
  private Path jar;
  private Path built;

  @BeforeEach
  void layTheJarAlone() throws IOException {
    assumeTrue(System.getProperty("octnet.jar") != null, "runs once the jar is built: mvn verify");
    built = Path.of(System.getProperty("octnet.jar"));
    jar = Files.copy(built, folder.resolve("oct-app.jar"));
  }

  @Test
  void withoutTheAddOnTheJarWorksAndSaysHowToAddIt() throws Exception {
    Process devices = start("devices");
    assertThat(devices.inputReader(UTF_8).readAllAsString())
        .contains("* simd", "opencl   not here: ", HOW);
    assertThat(devices.waitFor()).isZero();

    Process asked = start("devices", "--backend", "opencl");
    assertThat(asked.errorReader(UTF_8).readAllAsString())
        .startsWith("octnet: --backend opencl: ")
        .contains(HOW)
        .hasLineCount(1);
    assertThat(asked.waitFor()).isEqualTo(1);
  }

  @Test
  void besideTheJarTheAddOnIsFound() throws Exception {
    Files.copy(built.resolveSibling("octnet-opencl.jar"), jar.resolveSibling("octnet-opencl.jar"));
    Process devices = start("devices");

    assertThat(devices.inputReader(UTF_8).readAllAsString()).contains("opencl").doesNotContain(HOW);
    assertThat(devices.waitFor()).isZero();
  }

  private Process start(String... args) throws IOException {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(List.of("-jar", jar.toString()));
    line.addAll(List.of(args));
    return new ProcessBuilder(line).directory(folder.toFile()).start();
  }
}
