package io.octnet.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Draws the table of ratios in benchmarks/RESULTS.md as bars, for the first page. */
final class Picture implements Benchmark {
  /** {@code predict vgg16 8 onnxruntime 2.18 ...}: a job, its peer, the ratio of speeds. */
  private static final Pattern ROW =
      Pattern.compile(
          "(?m)^((?:train|predict|sgemm) [\\w-]+ \\w+) {2,}([\\w-]+) +(\\d+\\.\\d+) +\\d.*$");

  private static final Pattern TABLE =
      Pattern.compile("<!-- targets.txt -->\n```\n(.*?)```", Pattern.DOTALL);

  @Override
  public String summary() {
    return "draws the ratios of RESULTS.md as bars; PNG [PAGE]";
  }

  @Override
  public void run(String[] arguments) throws Exception {
    List<String> given = Options.of(arguments, "", "").rest();
    if (given.isEmpty() || given.size() > 2) {
      throw new IllegalArgumentException("expected PNG [PAGE], received " + given);
    }
    Path page = Path.of(given.size() == 2 ? given.getLast() : "benchmarks/RESULTS.md");
    bars(Files.readString(page)).write(Path.of(given.getFirst()));
  }

  /** A bar a comparison, as long as octnet is faster. */
  static Plot bars(String page) {
    Matcher table = TABLE.matcher(page);
    if (!table.find()) {
      throw new IllegalArgumentException("the page has no table targets.txt; run benchmarks/all");
    }
    String processor = table.group(1).lines().findFirst().orElse("").split(",")[0];
    Plot plot = new Plot(processor + ", 2 threads, 224 x 224", "", "times as fast (1: the same)");
    Matcher row = ROW.matcher(table.group(1));
    while (row.find()) {
      plot.add("octnet", row.group(1) + " / " + row.group(2), Double.parseDouble(row.group(3)));
    }
    return plot;
  }
}
