package io.octnet.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What got slower: the share of the machine's peak that each kernel reaches, now and in a file from
 * before. Ratios to a calibration kernel of the same run say less about the noise of the machine
 * than times would; what differs by more than the noise is printed, and the exit code is 3.
 */
final class RegressionGuard implements Benchmark {
  private static final double NOISE = 0.15;

  @Override
  public String summary() {
    return "compares the kernels with benchmarks/baseline.csv; --record writes it; [FILE]";
  }

  @Override
  public void run(String[] options) throws Exception {
    List<String> given = List.of(options);
    Path file =
        Path.of(
            given.stream()
                .filter(o -> !o.startsWith("--"))
                .findFirst()
                .orElse("benchmarks/baseline.csv"));
    List<String> now = Fork.lines(List.of(), List.of("kernels", "--csv"));
    if (given.contains("--record")) {
      Files.write(file, now);
      System.out.println("recorded " + file + " on " + MachineName.line());
      return;
    }
    List<String> slower = slower(read(Files.readAllLines(file)), read(now));
    slower.forEach(System.out::println);
    System.out.printf(
        "%d of %d kernels are slower by more than %.0f %%%n",
        slower.size(), read(now).size(), 100 * NOISE);
    if (!slower.isEmpty()) {
      System.exit(3);
    }
  }

  /** Shares of the peak by width, shape, direction and algorithm. */
  static Map<String, Double> read(List<String> lines) throws IOException {
    Map<String, Double> shares = new LinkedHashMap<>();
    for (String line : lines) {
      String[] cells = line.split(",", -1);
      if (cells.length != 8) {
        throw new IOException("'" + line + "' is no line of `kernels --csv`");
      }
      if (!cells[1].equals("shape")) {
        String name = "%s-bit %s %s %s".formatted(cells[0], cells[1], cells[2], cells[3]);
        shares.put(name.strip(), Double.valueOf(cells[6]));
      }
    }
    return shares;
  }

  static List<String> slower(Map<String, Double> before, Map<String, Double> now) {
    List<String> slower = new ArrayList<>();
    before.forEach(
        (name, share) -> {
          Double current = now.get(name);
          if (current != null && current < share * (1 - NOISE)) {
            slower.add("%s: %.2f of the peak, was %.2f".formatted(name, current, share));
          }
        });
    return slower;
  }
}
