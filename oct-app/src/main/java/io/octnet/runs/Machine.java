package io.octnet.runs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What a run ran on, for {@code environment.json}.
 *
 * @param octnet version of the application
 * @param cpu the processor's name, as the system tells it
 * @param backend what computed, with its vector width
 * @param threads that computed
 * @param maxHeapMiB memory that the JVM may take
 */
public record Machine(
    String octnet,
    String java,
    String jvm,
    String os,
    String arch,
    String cpu,
    int processors,
    String backend,
    int threads,
    long maxHeapMiB) {

  /** This machine. */
  public static Machine here(String version, String backend, int threads) {
    return new Machine(
        version,
        System.getProperty("java.version"),
        System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"),
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        System.getProperty("os.arch"),
        processor(),
        Runtime.getRuntime().availableProcessors(),
        backend,
        threads,
        Runtime.getRuntime().maxMemory() >> 20);
  }

  private static String processor() {
    Path info = Path.of("/proc/cpuinfo");
    if (Files.isReadable(info)) {
      try (Stream<String> lines = Files.lines(info)) {
        return lines
            .filter(line -> line.startsWith("model name"))
            .findFirst()
            .map(line -> line.substring(line.indexOf(':') + 1).strip())
            .orElse("unknown");
      } catch (IOException e) {
        return "unknown";
      }
    }
    return Objects.requireNonNullElse(System.getenv("PROCESSOR_IDENTIFIER"), "unknown");
  }
}
