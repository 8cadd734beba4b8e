package io.octnet.benchmarks;

import io.octnet.text.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A table that is printed line by line while it grows. With a folder, the same text goes to {@code
 * NAME.txt} and its rows to {@code NAME.csv}, under comment lines that say which processor this is.
 */
public final class Report {
  private final String name;
  private final Path folder;
  private final List<Column> columns = new ArrayList<>();
  private final StringBuilder text = new StringBuilder();
  private final StringBuilder csv = new StringBuilder();

  private record Column(String name, int width, String format) {}

  /**
   * A table under the machine's name.
   *
   * @param folder null: it is only printed
   */
  public Report(String name, Path folder) throws IOException {
    this.name = name;
    this.folder = folder;
    if (folder != null) {
      Files.createDirectories(folder); // now, not after an hour of measuring
    }
    csv.append("# cpu: ").append(MachineName.cpu()).append('\n');
    say(MachineName.line());
  }

  /** A line above, between or below the rows; a comment in the CSV. */
  public void say(String line) {
    print(line);
    csv.append("# ").append(line.strip()).append('\n');
  }

  private void print(String line) {
    System.out.println(line);
    text.append(line).append('\n');
  }

  /** A column of words. */
  public Report words(String column, int width) {
    columns.add(new Column(column, -width, "%s"));
    return this;
  }

  /** Columns of numbers, by their names, with so many digits after the point. */
  public Report numbers(int digits, String... names) {
    for (String column : names) {
      columns.add(new Column(column, Math.max(9, column.length() + 1), "%." + digits + "f"));
    }
    return this;
  }

  /** The columns' names. */
  public void header() {
    print(line(columns.stream().map(Column::name).toList()));
    csv.append(columns.stream().map(Column::name).collect(Collectors.joining(","))).append('\n');
  }

  /**
   * A value for each column; null, and a number that is none, leave it empty. The files grow with
   * each row: what was measured stays, should the next measurement fail.
   */
  public void row(Object... values) throws IOException {
    if (values.length != columns.size()) {
      throw new IllegalArgumentException(
          Text.format("expected %d values, received %d", columns.size(), values.length));
    }
    List<String> shown = new ArrayList<>();
    List<String> cells = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      boolean empty = values[i] == null || values[i] instanceof Double d && d.isNaN();
      Object value = values[i] instanceof Integer n ? Double.valueOf(n) : values[i];
      shown.add(empty ? "" : String.format(Locale.ROOT, columns.get(i).format, value));
      cells.add(empty ? "" : cell(value));
    }
    print(line(shown));
    csv.append(String.join(",", cells)).append('\n');
    save();
  }

  private static String cell(Object value) {
    return value instanceof Double d ? Text.format("%.6g", d) : value.toString().replace(',', ';');
  }

  private String line(List<String> cells) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < cells.size(); i++) {
      line.append(String.format(Locale.ROOT, "%" + columns.get(i).width + "s ", cells.get(i)));
    }
    return line.toString().stripTrailing();
  }

  private void save() throws IOException {
    if (folder != null) {
      Files.writeString(folder.resolve(name + ".txt"), text);
      Files.writeString(folder.resolve(name + ".csv"), csv);
    }
  }

  /** Writes the files, if there is a folder, and says where they lie. */
  public void write() throws IOException {
    save();
    if (folder != null) {
      try (Stream<Path> files = Files.list(folder)) {
        System.out.println(
            files
                .map(file -> file.getFileName().toString())
                .filter(file -> file.startsWith(name + ".") || file.startsWith(name + "-"))
                .sorted()
                .collect(Collectors.joining(", ", "written to " + folder + ": ", "")));
      }
    }
  }

  /** A plot beside the table, {@code NAME.png}; without a folder nothing is drawn. */
  public void plot(Plot plot) throws IOException {
    if (folder != null) {
      plot.write(folder.resolve(name + ".png"));
    }
  }
}
