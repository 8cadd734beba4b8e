package io.octnet.benchmarks;

import io.octnet.text.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What stands beside each figure. */
public final class MachineName {
  private MachineName() {}

  /** Processor, how many of it, JVM. */
  public static String line() {
    return Text.format(
        "%s, %d processors, %s %s",
        cpu(),
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("java.vm.name"),
        Runtime.version());
  }

  /** The processor's name, with family and model: virtual machines shorten the name. */
  public static String cpu() {
    String name = value("/proc/cpuinfo", "model name");
    if (name == null) {
      return System.getProperty("os.arch");
    }
    return Text.format(
        "%s (family %s model %s)",
        name, value("/proc/cpuinfo", "cpu family"), value("/proc/cpuinfo", "model\t"));
  }

  /** The most memory that this process had at once, in MiB; 0 where the system does not say. */
  public static long peakResidentMiB() {
    String peak = value("/proc/self/status", "VmHWM");
    return peak == null ? 0 : Long.parseLong(peak.replaceAll("\\D", "")) >> 10;
  }

  private static String value(String file, String name) {
    try (Stream<String> lines = Files.lines(Path.of(file))) {
      return lines
          .filter(line -> line.startsWith(name))
          .findFirst()
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .orElse(null);
    } catch (IOException e) {
      return null;
    }
  }
}
