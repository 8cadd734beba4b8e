package io.octnet.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Starts the launcher as a process, in every Java installed here, before a stand-in application.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD) // a read can hang for good
class LauncherProcessTest {
  private static final String APPLICATION =
      """
      package io.octnet.cli;
      public class Main {
        public static void main(String[] args) throws Exception {
          switch (args[0]) {
            case "echo" -> {
              System.err.println("err " + System.getProperty("user.option"));
              System.out.println(Runtime.version().feature() + " " + String.join("|", args));
              System.in.transferTo(System.out);
              System.exit(7);
            }
            case "vector" -> {
              Class.forName("jdk.internal.module.Modules")
                  .getMethod("loadModule", String.class)
                  .invoke(null, "jdk.incubator.vector");
              System.out.println(Class.forName("jdk.incubator.vector.FloatVector").getName());
            }
            case "wait" -> {
              for (String name : new String[] {"INT", "TERM", "HUP"}) {
                sun.misc.Signal.handle(
                    new sun.misc.Signal(name), s -> System.out.println("got " + s.getName()));
              }
              System.out.println("ready");
              while (System.in.read() >= 0) {}
              System.exit(130);
            }
          }
        }
      }
      """;

  @TempDir static Path folder;

  @BeforeAll
  static void buildTheStandIn() throws IOException {
    Path source = Files.writeString(folder.resolve("Main.java"), APPLICATION);
    int rc =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, OutputStream.nullOutputStream(), "-d", folder + "", source + "");
    assertThat(rc).isZero();
    Path classes =
        Path.of(Launcher.class.getProtectionDomain().getCodeSource().getLocation().getPath());
    Path target = Files.createDirectories(folder.resolve("io/octnet/launcher"));
    try (Stream<Path> files = Files.list(classes.resolve("io/octnet/launcher"))) {
      for (Path file : files.toList()) {
        Files.copy(file, target.resolve(file.getFileName()));
      }
    }
  }

  static List<Path> javas() throws IOException {
    List<Path> javas = new ArrayList<>();
    javas.add(Path.of(System.getProperty("java.home")));
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
  void passesArgumentsStreamsAndExitCodeThrough(Path java) throws Exception {
    Process process =
        launch(java, Map.of("OCTNET_JAVA_OPTS", "-Duser.option='a b'"), "echo", "x y", "*", "");
    process.getOutputStream().write("from stdin".getBytes(UTF_8));
    process.getOutputStream().close();

    assertThat(process.waitFor()).isEqualTo(7);
    assertThat(new String(process.getInputStream().readAllBytes(), UTF_8))
        .matches("(?s)(2[5-9]|[3-9]\\d) echo\\|x y\\|\\*\\|\\R?\nfrom stdin");
    assertThat(new String(process.getErrorStream().readAllBytes(), UTF_8).strip())
        .isEqualTo("err a b");
  }

  @Test
  void theVectorModuleLoadsWithoutAWordOnStderr() throws Exception {
    Process process = launch(Path.of(System.getProperty("java.home")), Map.of(), "vector");

    assertThat(process.waitFor()).isZero();
    assertThat(process.getErrorStream().readAllBytes()).asString(UTF_8).isEmpty();
    assertThat(process.getInputStream().readAllBytes())
        .asString(UTF_8)
        .contains("jdk.incubator.vector.FloatVector");
  }

  /** What a shell starts in the background ignores SIGINT, and so do its children. */
  private static boolean interruptIsIgnored() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return false;
    }
    String ignored =
        Files.readAllLines(status).stream()
            .filter(line -> line.startsWith("SigIgn:"))
            .map(line -> line.substring("SigIgn:".length()).strip())
            .findFirst()
            .orElse("0");
    return (Long.parseUnsignedLong(ignored, 16) & 1L << 1) != 0; // SIGINT is signal 2
  }

  @ParameterizedTest
  @MethodSource("javas")
  void aSignalToTheLauncherReachesTheApplicationOnceAndItsExitCodeComesBack(Path java)
      throws Exception {
    assumeFalse(JvmCommand.WINDOWS, "signals are POSIX");
    Process process = launch(java, Map.of(), "wait");
    BufferedReader out = process.inputReader(UTF_8);
    assertThat(out.readLine()).isEqualTo("ready");
    kill("-TERM", process.pid());
    assertThat(out.readLine()).isEqualTo("got TERM");
    if (!interruptIsIgnored()) {
      kill("-INT", process.pid());
      assertThat(out.readLine()).isEqualTo("got TERM");
    }
    process.getOutputStream().close();

    assertThat(out.readLine()).isNull();
    assertThat(process.waitFor()).isEqualTo(130);
  }

  @Test
  void everyClassOfTheLauncherRunsOnJava8() throws Exception {
    try (Stream<Path> files = Files.list(folder.resolve("io/octnet/launcher"))) {
      for (Path file : files.toList()) {
        int major = Files.readAllBytes(file)[7];
        assertThat(major).as(file.toString()).isEqualTo(52);
      }
    }
  }

  @Test
  void anUnknownOptionOfTheUserForTheJvmIsShown() throws Exception {
    Process process =
        launch(
            Path.of(System.getProperty("java.home")),
            Map.of("OCTNET_JAVA_OPTS", "-XX:+NoSuchOption"),
            "echo");

    assertThat(process.waitFor()).isEqualTo(1);
    assertThat(process.getErrorStream().readAllBytes()).asString(UTF_8).contains("NoSuchOption");
  }

  @Test
  void aJavaThatDoesNotFitIsOneLineAndExitCodeOne() throws Exception {
    Process process =
        launch(Path.of(System.getProperty("java.home")), Map.of("OCTNET_JAVA", "/nowhere"), "echo");

    assertThat(process.waitFor()).isEqualTo(1);
    assertThat(process.getErrorStream().readAllBytes())
        .asString(UTF_8)
        .isEqualToIgnoringNewLines(
            "octnet: OCTNET_JAVA=/nowhere is no Java installation; expected the folder of a JDK"
                + " 25");
  }

  private static void kill(String signal, long pid) throws Exception {
    Process kill = new ProcessBuilder("kill", signal, Long.toString(pid)).inheritIO().start();
    kill.waitFor(10, TimeUnit.SECONDS);
  }

  private static Process launch(Path java, Map<String, String> environment, String... args)
      throws IOException {
    List<String> line = new ArrayList<>();
    line.addAll(List.of(java.resolve("bin/java").toString(), "-cp", folder.toString()));
    line.add(Launcher.class.getName());
    line.addAll(List.of(args));
    ProcessBuilder builder = new ProcessBuilder(line);
    builder.environment().keySet().removeIf(name -> name.startsWith("JAVA_TOOL_OPTIONS"));
    builder.environment().putAll(environment);
    return builder.start();
  }
}
