package io.octnet.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JvmCommandTest {
  private static final JavaHome HERE = JavaHome.in(new File(System.getProperty("java.home")));

  @Test
  void splitsOptionsAtSpacesOutsideQuotes() throws Exception {
    assertThat(JvmOptions.words("  -Xmx2g\t-Dname='two words' \"-Da=it's\" '' "))
        .containsExactly("-Xmx2g", "-Dname=two words", "-Da=it's", "");
    assertThat(JvmOptions.words(null)).isEmpty();
    assertThatThrownBy(() -> JvmOptions.words("-Da='b"))
        .isInstanceOf(LaunchException.class)
        .hasMessageContaining("left open");
  }

  @Test
  void theUsersOptionsComeAfterOursAndBeforeTheMainClass() throws Exception {
    List<String> line =
        new JvmCommand(HERE, new File("/x/oct-app.jar"), Map.of("OCTNET_JAVA_OPTS", "-Xmx1g -Da=b"))
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
    assertThat(line.indexOf("-XX:+UseSerialGC")).isBetween(1, line.indexOf("-Xmx1g"));
  }

  @Test
  void theAddOnForOpenClIsOnTheClassPathWhereItLiesBesideTheJar(@TempDir Path folder)
      throws Exception {
    File jar = folder.resolve("oct-app.jar").toFile();
    assertThat(new JvmCommand(HERE, jar, Map.of()).line(List.of())).contains(jar.getPath());

    Path addOn = Files.createFile(folder.resolve("octnet-opencl.jar"));
    assertThat(new JvmCommand(HERE, jar, Map.of()).line(List.of()))
        .contains(jar + File.pathSeparator + addOn);
  }

  @ParameterizedTest
  @CsvSource({
    "-XX:+UseG1GC, -XX:+UseSerialGC -Xmn64m",
    "-XX:+UseZGC, -XX:+UseSerialGC -Xmn64m",
    "-Xmn1g, -Xmn64m",
    "-XX:NewSize=1g, -Xmn64m",
    "-Xmx8g, -XX:MaxRAMPercentage=75",
    "-XX:MaxRAMPercentage=50, -XX:MaxRAMPercentage=75",
    "-XX:-UseTransparentHugePages, -XX:+UseTransparentHugePages",
    "-XX:-EnableVectorSupport, -XX:+EnableVectorSupport",
    "-Djava.awt.headless=false, -Djava.awt.headless=true",
  })
  void whatTheUserNamesAnywhereIsNotSaidAgain(String users, String ours) throws Exception {
    for (String variable :
        List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS", "OCTNET_JAVA_OPTS")) {
      assertThat(JvmOptions.of(Map.of(variable, "-Da='b c' " + users)))
          .as(variable)
          .doesNotContain(ours.split(" "));
    }
    assertThat(JvmOptions.of(Map.of())).contains("-XX:+UseSerialGC", "-Xmn64m");
  }

  @Test
  void optionsInFilesAreTheUsersToo(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("options"), "-Xmx1g\n-XX:+UseParallelGC\n");

    assertThat(JvmOptions.of(Map.of("JDK_JAVA_OPTIONS", "@" + file)))
        .doesNotContain("-XX:+UseSerialGC", "-Xmn64m", "-XX:MaxRAMPercentage=75");
    assertThat(JvmOptions.of(Map.of("OCTNET_JAVA_OPTS", "-XX:VMOptionsFile=" + file)))
        .doesNotContain("-XX:+UseSerialGC");
    assertThat(JvmOptions.of(Map.of("JDK_JAVA_OPTIONS", "@none 'open")))
        .contains("-XX:+UseSerialGC");
  }

  @Test
  void theApplicationRunsInAUtf8LocaleWhateverTheUsersIs() {
    assumeTrue(JvmCommand.LINUX, "locales are set on Linux only");
    Map<String, String> child =
        new HashMap<>(Map.of("LC_ALL", "C", "LANG", "de_DE.UTF-8", "LC_CTYPE", "fr_FR"));

    JvmCommand.adjust(child);

    assertThat(child).containsEntry("LC_ALL", "C.UTF-8").containsEntry("POCL_SIGFPE_HANDLER", "0");
  }

  @Test
  void argumentsAreHandedOnAsTheyWereTyped() throws Exception {
    byte[] typed = "java\0-jar\0x.jar\0split\0Drusen-größer\0".getBytes(UTF_8);
    List<String> raw = RawArguments.of(new String[] {"split", "Drusen-gr????er"}, typed);
    List<String> line = new JvmCommand(HERE, new File("x.jar"), Map.of()).line(raw);

    assertThat(raw).containsExactly("split", "Drusen-größer");
    assertThat(line).contains("-Doctnet.encoded=true").endsWith("split", "Drusen-gr%C3%B6%C3%9Fer");
    assertThat(RawArguments.of(new String[] {"from", "a file"}, typed))
        .containsExactly("from", "a file");
    assertThat(RawArguments.of(new String[] {"train"}, new byte[0])).containsExactly("train");
    assertThat(RawArguments.of(new String[] {"a", ""}, "java\0a\0\0".getBytes(UTF_8)))
        .containsExactly("a", "");
  }
}
