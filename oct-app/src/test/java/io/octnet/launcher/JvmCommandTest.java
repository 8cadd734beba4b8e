package io.octnet.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JvmCommandTest {
  @Test
  void splitsOptionsAtSpacesOutsideQuotes() throws Exception {
    assertThat(JvmCommand.words("  -Xmx2g\t-Dname='two words' \"-Da=it's\" '' "))
        .containsExactly("-Xmx2g", "-Dname=two words", "-Da=it's", "");
    assertThat(JvmCommand.words(null)).isEmpty();
    assertThatThrownBy(() -> JvmCommand.words("-Da='b"))
        .isInstanceOf(LaunchException.class)
        .hasMessageContaining("left open");
  }

  @Test
  void theUsersOptionsComeAfterOursAndBeforeTheMainClass() throws Exception {
    JavaHome java = JavaHome.in(new File(System.getProperty("java.home")));
    List<String> line =
        new JvmCommand(java, new File("/x/oct-app.jar"), Map.of("OCTNET_JAVA_OPTS", "-Xmx1g -Da=b"))
            .line(List.of("train", "--epochs", "3"));

    assertThat(line)
        .endsWith(
            "-Xmx1g",
            "-Da=b",
            "-cp",
            "/x/oct-app.jar",
            "io.octnet.cli.Main",
            "train",
            "--epochs",
            "3");
    assertThat(line.indexOf("-XX:MaxRAMPercentage=75")).isBetween(1, line.indexOf("-Xmx1g"));
  }

  @Test
  void theAddOnForOpenClIsOnTheClassPathWhereItLiesBesideTheJar(@TempDir Path folder)
      throws Exception {
    JavaHome java = JavaHome.in(new File(System.getProperty("java.home")));
    File jar = folder.resolve("oct-app.jar").toFile();
    assertThat(new JvmCommand(java, jar, Map.of()).line(List.of())).contains(jar.getPath());

    Path addOn = Files.createFile(folder.resolve("octnet-opencl.jar"));
    assertThat(new JvmCommand(java, jar, Map.of()).line(List.of()))
        .contains(jar + File.pathSeparator + addOn);
  }

  @Test
  void givesAUtf8LocaleWhereThereIsNoneAndLeavesTheUsersAlone() {
    assertThat(adjusted(Map.of())).containsEntry("LC_ALL", "C.UTF-8");
    assertThat(adjusted(Map.of("LANG", "C"))).containsEntry("LC_ALL", "C.UTF-8");
    assertThat(adjusted(Map.of("LANG", "de_DE.UTF-8"))).doesNotContainKey("LC_ALL");
    assertThat(adjusted(Map.of("LC_ALL", "fr_FR", "LANG", "C"))).doesNotContainKey("LC_ALL");
    assertThat(adjusted(Map.of())).containsEntry("POCL_SIGFPE_HANDLER", "0");
  }

  private static Map<String, String> adjusted(Map<String, String> environment) {
    org.junit.jupiter.api.Assumptions.assumeTrue(
        System.getProperty("os.name").startsWith("Linux"), "locales are set on Linux only");
    Map<String, String> child = new HashMap<>();
    new JvmCommand(null, null, environment).adjust(child);
    return child;
  }
}
