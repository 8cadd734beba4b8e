package io.octnet.comparison;

import io.octnet.UserException;
import io.octnet.evaluation.Metrics;
import io.octnet.evaluation.MetricsJson;
import io.octnet.runs.History;
import io.octnet.runs.RunFolder;
import io.octnet.runs.RunRecord;
import io.octnet.text.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One row of the list of runs. Scores are those on test, null where the run has none.
 *
 * @param status damaged where its files cannot be read
 * @param date when it began, in UTC
 * @param ci95 of accuracy and F1-macro
 */
public record ListedRun(
    String run,
    String model,
    String data,
    String split,
    String status,
    String date,
    int epochs,
    Double accuracy,
    Double f1Macro,
    Double logLoss,
    Map<String, double[]> ci95,
    boolean leaky,
    String tag,
    String note) {
  /** What can be sorted by. */
  public static final List<String> COLUMNS =
      List.of(
          "run",
          "model",
          "data",
          "split",
          "status",
          "date",
          "epochs",
          "accuracy",
          "f1_macro",
          "log_loss",
          "leaky",
          "tag");

  private static final String NONE = "-";

  /**
   * The runs of a folder, sorted by a column; then by name, numbers by their value.
   *
   * @throws UserException when the folder cannot be read
   */
  public static List<ListedRun> in(Path folder, String column) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(path -> Files.isRegularFile(path.resolve(RunFolder.CONFIG)))
          .map(ListedRun::of)
          .sorted(order(column).thenComparing(ListedRun::natural))
          .toList();
    } catch (IOException e) {
      throw new UserException("no folder of runs " + folder + "; expected one such as runs", e);
    }
  }

  private static ListedRun of(Path path) {
    try (RunFolder run = RunFolder.open(path)) {
      return read(run);
    } catch (UserException e) {
      return new ListedRun(
          path.toString(),
          null,
          null,
          null,
          "damaged",
          null,
          0,
          null,
          null,
          null,
          Map.of(),
          false,
          null,
          null);
    }
  }

  private static ListedRun read(RunFolder run) {
    Map<String, String> config = run.config();
    RunRecord record = RunRecord.read(run).orElse(null);
    Path metrics = run.file(RunFolder.METRICS);
    MetricsJson.Recorded scored = Files.exists(metrics) ? MetricsJson.read(metrics) : null;
    Metrics test = scored == null ? null : scored.evaluation().parts().get("test");
    Path history = run.file(RunFolder.HISTORY);
    return new ListedRun(
        run.toString(),
        config.get("model"),
        config.getOrDefault("data", "phantoms"),
        config.getOrDefault("split", "file"),
        RunRecord.status(run).text(),
        record == null ? null : record.begun(),
        Files.exists(history) ? History.read(history).epochs().size() : 0,
        test == null ? null : test.accuracy(),
        test == null ? null : test.f1Macro(),
        test == null ? null : test.logLoss(),
        test == null ? Map.of() : test.ci95(),
        record != null && record.leaky() || scored != null && scored.subject().leaky(),
        record == null ? null : record.tag(),
        record == null ? null : record.note());
  }

  /** Ten after nine. */
  private String natural() {
    return java.util.regex.Pattern.compile("[0-9]+")
        .matcher(run)
        .replaceAll(
            digits -> "0".repeat(Math.max(0, 12 - digits.group().length())) + digits.group());
  }

  private static Comparator<ListedRun> order(String column) {
    return switch (column) {
      case "accuracy" -> bestFirst(ListedRun::accuracy);
      case "f1_macro" -> bestFirst(ListedRun::f1Macro);
      case "log_loss" ->
          Comparator.comparing(
              ListedRun::logLoss, Comparator.nullsLast(Comparator.<Double>naturalOrder()));
      case "epochs" -> Comparator.comparingInt(ListedRun::epochs);
      case "leaky" -> Comparator.comparing(ListedRun::leaky);
      case "model" -> byText(ListedRun::model);
      case "data" -> byText(ListedRun::data);
      case "split" -> byText(ListedRun::split);
      case "status" -> byText(ListedRun::status);
      case "date" -> byText(ListedRun::date);
      case "tag" -> byText(ListedRun::tag);
      default -> Comparator.comparing(ListedRun::natural);
    };
  }

  private static Comparator<ListedRun> bestFirst(Function<ListedRun, Double> score) {
    return Comparator.comparing(score, Comparator.nullsLast(Comparator.reverseOrder()));
  }

  private static Comparator<ListedRun> byText(Function<ListedRun, String> text) {
    return Comparator.comparing(text, Comparator.nullsLast(Comparator.naturalOrder()));
  }

  /** As a table for a terminal. */
  public static String table(List<ListedRun> runs) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of(
            "run",
            "model",
            "split",
            "status",
            "date",
            "epochs",
            "accuracy (95 %)",
            "F1-macro (95 %)",
            "",
            "tag",
            "data"));
    runs.forEach(run -> rows.add(run.cells()));
    int[] widths = new int[rows.getFirst().size()];
    for (List<String> row : rows) {
      for (int c = 0; c < widths.length; c++) {
        widths[c] = Math.max(widths[c], row.get(c).length());
      }
    }
    return rows.stream().map(row -> line(row, widths)).collect(Collectors.joining("\n"));
  }

  private static String line(List<String> cells, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int c = 0; c < widths.length; c++) {
      line.append(cells.get(c)).append(" ".repeat(widths[c] - cells.get(c).length() + 2));
    }
    return line.toString().stripTrailing();
  }

  private List<String> cells() {
    return Stream.of(
            run,
            or(model),
            or(split),
            status,
            or(date),
            "" + epochs,
            score(accuracy, ci95.get("accuracy")),
            score(f1Macro, ci95.get("f1_macro")),
            leaky ? "LEAKY" : "",
            or(tag),
            or(data))
        .map(Text::visible)
        .toList();
  }

  private static String or(String text) {
    return Objects.requireNonNullElse(text, NONE);
  }

  private static String score(Double value, double[] interval) {
    if (value == null) {
      return NONE;
    }
    return interval == null
        ? Text.format("%.4f", value)
        : Text.format("%.4f (%.4f to %.4f)", value, interval[0], interval[1]);
  }
}
