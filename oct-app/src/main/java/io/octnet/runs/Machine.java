package io.octnet.runs;

import com.google.gson.JsonParseException;
import com.google.gson.annotations.SerializedName;
import io.octnet.text.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
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
    @SerializedName(value = "max_heap_mib", alternate = "maxHeapMiB") long maxHeapMiB) {

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

  /** What a run was made on, if its file can be read. */
  public static Optional<Machine> read(Path file) {
    try {
      return Optional.ofNullable(Json.GSON.fromJson(Files.readString(file), Machine.class));
    } catch (IOException | JsonParseException e) {
      return Optional.empty();
    }
  }

  /** Why a run that began elsewhere may go on to other bits here; a line for each reason. */
  public List<String> otherBitsThan(Machine before) {
    List<String> reasons = new ArrayList<>();
    if (!Objects.equals(withoutThreads(backend), withoutThreads(before.backend))) {
      reasons.add(Text.format("it began with %s, here it is %s", before.backend, backend));
    }
    if (!Objects.equals(octnet, before.octnet)) {
      reasons.add(Text.format("it began with octnet %s, this is %s", before.octnet, octnet));
    }
    return reasons;
  }

  private static String withoutThreads(String backend) {
    return String.valueOf(backend).replaceAll(", \\d+ threads?", "");
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
