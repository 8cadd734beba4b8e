package io.octnet.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BackendTest {
  /** Says what a JVM chooses. */
  public static final class Chosen {
    private Chosen() {}

    public static void main(String[] args) {
      System.out.println("chosen: " + Backend.compute().description());
      System.out.println("again: " + Backend.best());
    }
  }

  /** What a JVM with these options prints. */
  private static String jvm(String... options) throws IOException, InterruptedException {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(List.of(options));
    line.addAll(List.of("-cp", System.getProperty("java.class.path"), Chosen.class.getName()));
    Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return text;
  }

  @Test
  void withoutTheVectorModuleTheFlagIsNamedOnce() throws Exception {
    assertThat(jvm())
        .contains("chosen: scalar back-end", "again: scalar")
        .containsOnlyOnce("the back-end 'simd' cannot run here, a slower one computes")
        .containsOnlyOnce("without --add-modules jdk.incubator.vector");
  }

  @Test
  void withoutFusedMultiplyAddVectorsAreNotUsed() throws Exception {
    assertThat(jvm("--add-modules", "jdk.incubator.vector", "-XX:-UseFMA"))
        .contains("chosen: scalar back-end")
        .contains("has no fused multiply-add, or the JVM runs with -XX:-UseFMA");
  }

  @Test
  void withBothVectorsAreUsedInterpretedOrCompiled() throws Exception {
    for (String mode : List.of("-Xmixed", "-Xint")) {
      assertThat(jvm("--add-modules", "jdk.incubator.vector", mode))
          .contains("chosen: SIMD back-end")
          .doesNotContain("cannot run here");
    }
  }

  @Test
  void aSettingThatCannotBeTakenIsRefused() throws Exception {
    assertThat(jvm("-Doctnet.threads=many"))
        .contains("-Doctnet.threads must be a whole number not below 1, received 'many'");
    assertThat(jvm("--add-modules", "jdk.incubator.vector", "-Doctnet.conv.algorithm=FAST"))
        .contains("-Doctnet.conv.algorithm must be one of [")
        .contains("received 'FAST'");
  }

  @Test
  void aBackendHasAtLeastOneThread() {
    for (String name : List.of("scalar", "simd")) {
      assertThatThrownBy(() -> Backend.create(name, 0))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("the back-end '" + name + "' needs at least 1 thread, received 0");
    }
  }

  /** Of the modules that are there: the engine's own always is. */
  @Test
  void systemPropertiesAreNamedInOneFile() throws IOException {
    List<String> elsewhere = new ArrayList<>();
    for (String module : List.of("engine", "layers", "kernels")) {
      Path sources = Path.of("..", module, "src", "main", "java");
      if (Files.isDirectory(sources)) {
        try (Stream<Path> files = Files.walk(sources)) {
          for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
            if (!file.endsWith("Settings.java") && Files.readString(file).contains("\"octnet.")) {
              elsewhere.add(file.toString());
            }
          }
        }
      }
    }
    assertThat(elsewhere).isEmpty();
  }
}
