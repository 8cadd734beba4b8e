package io.octnet.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.octnet.synthetic.SyntheticSet;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The jar, started as a user starts it. */
@Timeout(120)
class JarIT {
  @TempDir Path folder;

  @BeforeAll
  static void needsTheJar() {
    assumeTrue(System.getProperty("octnet.jar") != null, "runs once the jar is built: mvn verify");
  }

  static List<Path> javas() throws IOException {
    List<Path> javas = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"))));
    Path installed = Path.of("/usr/lib/jvm");
    if (Files.isDirectory(installed)) {
      try (Stream<Path> homes = Files.list(installed)) {
        homes
            .filter(home -> !Files.isSymbolicLink(home) && Files.exists(home.resolve("bin/java")))
            .filter(home -> !javas.contains(home))
            .sorted()
            .forEach(javas::add);
      }
    }
    return javas;
  }

  @ParameterizedTest
  @MethodSource("javas")
  void everyJavaRunsACommandWithNothingOnStderr(Path java) throws Exception {
    Process process = start(java, "devices");

    assertThat(process.inputReader(UTF_8).readAllAsString()).contains("is used: ");
    assertThat(process.errorReader(UTF_8).lines())
        .filteredOn(line -> !line.contains("untested OpenCL platform")) // Aparapi's native part
        .isEmpty();
    assertThat(process.waitFor()).isZero();
  }

  @Test
  void anErrorIsOneLineOnStderr() throws Exception {
    Process process = start(javas().getLast(), "train", "--epochs", "x");

    assertThat(process.errorReader(UTF_8).readAllAsString())
        .isEqualToNormalizingNewlines(
            "octnet: --epochs 'x': expected a whole number; see octnet train --help\n");
    assertThat(process.waitFor()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({
    "JAVA_TOOL_OPTIONS, -XX:+UseG1GC",
    "JDK_JAVA_OPTIONS, -XX:+UseParallelGC -Xmn32m",
    "OCTNET_JAVA_OPTS, -XX:+UseZGC",
    "_JAVA_OPTIONS, -XX:+UseG1GC -Xmx200m"
  })
  void theUsersCollectorIsUsed(String variable, String options) throws Exception {
    ProcessBuilder builder = builder(javas().getFirst(), "summary", "--model=cnn3", "--no-time");
    builder.environment().put(variable, options);
    Process process = builder.start();

    assertThat(process.errorReader(UTF_8).lines().filter(line -> !line.contains("Picked up")))
        .filteredOn(line -> !line.startsWith("NOTE: Picked up"))
        .isEmpty();
    assertThat(process.inputReader(UTF_8).readAllAsString()).contains("Training: ");
    assertThat(process.waitFor()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"LANG, de_DE.UTF-8", "LC_ALL, C", "LC_ALL, POSIX", "LC_CTYPE, xx_YY"})
  void namesAreWhatTheyAreInEveryLocale(String variable, String locale) throws Exception {
    Path data = folder.resolve("Scans groß");
    for (String name : List.of("Drusen-größer", "正常")) {
      Path of = Files.createDirectories(data.resolve(name));
      new SyntheticSet(9, 16, 7).write(folder.resolve("drawn"), 2);
      try (Stream<Path> scans = Files.list(folder.resolve("drawn/CNV"))) {
        for (Path scan : scans.toList()) {
          Files.copy(scan, of.resolve(name + "-" + scan.getFileName()));
        }
      }
    }
    for (Path java : javas()) {
      ProcessBuilder builder = builder(java, "split", "--data", "Scans groß", "--split=image");
      List.of("LANG", "LC_ALL", "LC_CTYPE").forEach(builder.environment()::remove);
      builder.environment().put(variable, locale);
      Process process = builder.start();

      assertThat(process.inputReader(UTF_8).lines())
          .as(java.toString())
          .anyMatch(line -> line.startsWith("Drusen-größer/Drusen-größer-CNV-"))
          .anyMatch(line -> line.startsWith("正常/正常-CNV-"));
      assertThat(process.waitFor()).isZero();
    }
  }

  @Test
  void aFullDiskIsOneLineAndExitCodeOne() throws Exception {
    assumeTrue(Files.exists(Path.of("/dev/full")), "a device of Linux");
    for (String command :
        List.of(
            "summary --model=cnn3 --no-time", "gradcheck --op=add --shapes=1 --json", "--help")) {
      ProcessBuilder builder = builder(javas().getFirst(), command.split(" "));
      Process process = builder.redirectOutput(new File("/dev/full")).start();

      assertThat(process.errorReader(UTF_8).readAllAsString())
          .as(command)
          .isEqualTo("octnet: cannot write to stdout (No space left on device)\n");
      assertThat(process.waitFor()).as(command).isEqualTo(1);
    }
  }

  @Test
  void aReaderThatGoesAwayEndsItQuietly() throws Exception {
    Process process = start(javas().getFirst(), "generate-completion");
    process.getInputStream().close();

    assertThat(process.errorReader(UTF_8).readAllAsString()).isEmpty();
    assertThat(process.waitFor()).isEqualTo(141);
  }

  @ParameterizedTest
  @MethodSource("javas")
  void aSignalWhileTrainingSavesTheStateAndEndsWith130(Path java) throws Exception {
    assumeTrue(Files.exists(Path.of("/bin/kill")), "signals are POSIX");
    Path data = folder.resolve("scans");
    new SyntheticSet(9, 16, 7).write(data, 2);
    Process process =
        start(
            java,
            "train",
            "--data=" + data,
            "--out=" + folder.resolve("runs"),
            "--image-size=8",
            "--epochs=1000000",
            "--patience=1000000",
            "--batch-size=2");
    List<String> said = new ArrayList<>();
    BufferedReader err = process.errorReader(UTF_8);
    for (String line = err.readLine(); line != null; line = err.readLine()) {
      said.add(line);
      if (line.startsWith("epoch 1/")) {
        new ProcessBuilder("kill", "-TERM", "" + process.pid()).start().waitFor();
      }
    }

    assertThat(process.waitFor()).as(String.join("\n", said)).isEqualTo(130);
    assertThat(said.getLast()).contains("train --resume " + folder.resolve("runs/train-cnn3-1"));
    assertThat(folder.resolve("runs/train-cnn3-1/last.h5")).isNotEmptyFile();
    assertThat(folder.resolve("runs/train-cnn3-1").toFile().list())
        .noneMatch(name -> name.endsWith(".tmp"));
  }

  private Process start(Path java, String... args) throws IOException {
    return builder(java, args).start();
  }

  private ProcessBuilder builder(Path java, String... args) {
    List<String> line = new ArrayList<>();
    line.addAll(List.of(java.resolve("bin/java").toString(), "-jar"));
    line.add(System.getProperty("octnet.jar"));
    line.addAll(List.of(args));
    return new ProcessBuilder(line).directory(folder.toFile());
  }
}
