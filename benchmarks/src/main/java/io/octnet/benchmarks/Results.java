package io.octnet.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Puts measured tables into a page: after the line {@code <!-- jobs.txt -->} stands the text of
 * {@code jobs.txt} in a block of code, and all around it what people wrote about it. A table that
 * has no place yet gets one at the end.
 */
final class Results implements Benchmark {
  private static final String FENCE = "```\n";

  @Override
  public String summary() {
    return "puts the tables that --out DIR wrote into benchmarks/RESULTS.md; DIR [PAGE]";
  }

  @Override
  public void run(String[] arguments) throws Exception {
    List<String> given = Options.of(arguments, "", "").rest();
    if (given.isEmpty() || given.size() > 2) {
      throw new IllegalArgumentException("expected DIR [PAGE], received " + given);
    }
    Path folder = Path.of(given.getFirst());
    Path page = Path.of(given.size() == 2 ? given.getLast() : "benchmarks/RESULTS.md");
    List<Path> tables = tables(folder);
    if (tables.isEmpty()) {
      throw new IllegalArgumentException("there is no table in " + folder);
    }
    String text = Files.exists(page) ? Files.readString(page) : "# Measured\n";
    for (Path table : tables) {
      text = fill(text, table.getFileName().toString(), Files.readString(table));
      System.out.println(page + ": " + table.getFileName());
    }
    Files.writeString(page, text);
  }

  private static List<Path> tables(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".txt")).sorted().toList();
    }
  }

  static String fill(String page, String name, String table) {
    String mark = "<!-- " + name + " -->\n";
    String block = mark + FENCE + table.stripTrailing() + "\n" + FENCE;
    String old = Pattern.quote(mark) + "(" + FENCE + ".*?" + FENCE + ")?";
    Matcher place = Pattern.compile(old, Pattern.DOTALL).matcher(page);
    return place.find()
        ? place.replaceFirst(Matcher.quoteReplacement(block))
        : page.stripTrailing() + "\n\n" + block;
  }
}
