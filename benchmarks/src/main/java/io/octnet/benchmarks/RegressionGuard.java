package io.octnet.benchmarks;

import io.octnet.benchmarks.KernelBenchmark.Row;
import io.octnet.text.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What got slower: the share of the core's FMA peak that each kernel reaches, now and in a file
 * recorded before on the same kind of processor. How far the five measurements of each lay apart,
 * then and now, is the noise; what fell by more than that is measured once more, and what fell
 * again is printed. Exit code 3 then.
 */
final class RegressionGuard implements Benchmark {
  private static final double LEAST_NOISE = 0.05;
  private static final double TOO_NOISY = 0.3;
  private static final String CPU = "# cpu: ";

  @Override
  public String summary() {
    return "compares the kernels with benchmarks/baseline.csv; --record writes it; [FILE]";
  }

  @Override
  public void run(String[] arguments) throws Exception {
    Options options = Options.of(arguments, "--record", "--out");
    List<String> given = options.rest();
    Path file = Path.of(given.isEmpty() ? "benchmarks/baseline.csv" : given.getFirst());
    if (options.has("--record")) {
      record(file);
      return;
    }
    if (!Files.exists(file)) {
      throw new IllegalArgumentException(
          Text.format(
              "there is no %s; record one with `benchmarks/run guard --record %s`", file, file));
    }
    Map<String, Row> before = read(file.toString(), Files.readAllLines(file), MachineName.cpu());
    List<Row> now = KernelBenchmark.quick();
    List<String> slower = slower(before, now);
    if (!slower.isEmpty()) {
      System.out.println(Text.format("%d seem slower; measured once more", slower.size()));
      List<Row> again = KernelBenchmark.quick();
      List<String> names = slower.stream().map(line -> line.split(":")[0]).toList();
      slower = slower(before, again.stream().filter(row -> names.contains(row.name())).toList());
    }
    slower.forEach(System.out::println);
    List<String> noisy =
        now.stream()
            .filter(row -> before.containsKey(row.name()))
            .filter(row -> noise(before.get(row.name()), row) > TOO_NOISY)
            .map(Row::name)
            .toList();
    noisy.forEach(name -> System.out.println(name + ": too noisy to tell"));
    System.out.printf(
        Locale.ROOT, "%d of %d kernels are slower than in %s%n", slower.size(), now.size(), file);
    if (!slower.isEmpty()) {
      System.exit(3);
    }
  }

  private static void record(Path file) throws Exception {
    List<String> lines = new ArrayList<>();
    lines.add(CPU + MachineName.cpu());
    lines.add("bits,shape,direction,algorithm,ms,GFLOP/s,of peak,low,high");
    KernelBenchmark.quick().forEach(row -> lines.add(row.line()));
    Files.write(file, lines);
    System.out.println("recorded " + file + " on " + MachineName.line());
  }

  /**
   * The rows of a file by name.
   *
   * @throws IllegalArgumentException when another kind of processor was measured
   */
  static Map<String, Row> read(String file, List<String> lines, String cpu) throws IOException {
    String first = lines.isEmpty() ? "" : lines.getFirst();
    if (!first.startsWith(CPU)) {
      throw new IOException(
          Text.format("%s does not begin with '%s'; record it with --record", file, CPU));
    }
    String recorded = first.substring(CPU.length());
    if (!recorded.equals(cpu)) {
      throw new IllegalArgumentException(
          Text.format(
              "%s was recorded on %s, this is %s; shares of the peak cannot be compared: record one here with --record FILE",
              file, recorded, cpu));
    }
    Map<String, Row> rows = new LinkedHashMap<>();
    for (String line : lines) {
      if (!line.startsWith("#") && !line.startsWith("bits,")) {
        Row row = Row.parse(line);
        rows.put(row.name(), row);
      }
    }
    return rows;
  }

  /** Half of both ranges together, relative to their medians. */
  private static double noise(Row before, Row now) {
    double ranges = (before.high() - before.low()) / before.share();
    ranges += (now.high() - now.low()) / now.share();
    return Math.max(LEAST_NOISE, ranges / 2);
  }

  static List<String> slower(Map<String, Row> before, List<Row> now) {
    List<String> slower = new ArrayList<>();
    for (Row row : now) {
      Row old = before.get(row.name());
      if (old != null && row.share() < old.share() * (1 - noise(old, row))) {
        slower.add(
            Text.format(
                "%s: %.2f of the peak, was %.2f, noise %.0f %%",
                row.name(), row.share(), old.share(), 100 * noise(old, row)));
      }
    }
    return slower;
  }
}
