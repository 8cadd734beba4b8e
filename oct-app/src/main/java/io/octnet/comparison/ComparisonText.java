package io.octnet.comparison;

import io.octnet.evaluation.Metrics;
import io.octnet.text.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** A comparison for a terminal: the facts, then the scores, then what to know before reading. */
public final class ComparisonText {
  private static final String FACTS = "%-28s %-12s %-8s %12s %12s %7s %9s%n";
  private static final String SCORES = "%-28s %-12s %8s %8s %8s  %8s %8s %8s  %8s %8s %8s%n";

  private ComparisonText() {}

  /** All of it. */
  public static String of(Comparison comparison) {
    StringBuilder text = new StringBuilder();
    line(text, FACTS, "run", "model", "split", "parameters", "trainable", "epochs", "time");
    comparison.runs().forEach(run -> line(text, FACTS, facts(run)));
    text.append('\n');
    line(text, SCORES, "", "", "log-loss", "", "", "F1-micro", "", "", "F1-macro", "", "");
    List<Object> header = new ArrayList<>(List.of("run", "model"));
    for (int i = 0; i < 3; i++) {
      header.addAll(List.of("train", "valid.", "test"));
    }
    line(text, SCORES, header.toArray());
    comparison.runs().forEach(run -> line(text, SCORES, scores(run)));
    comparison.article().forEach(result -> line(text, SCORES, scores(result)));
    text.append('\n');
    comparison.notes().forEach(note -> text.append(Text.visible(note)).append('\n'));
    return text.toString().stripTrailing();
  }

  /** Its size and time, cell by cell. */
  public static Object[] facts(ComparedRun run) {
    return new Object[] {
      Text.visible(run.run()),
      run.model(),
      run.leaky() ? run.split() + " LEAKY" : run.split(),
      Text.format("%,d", run.parameters()),
      Text.format("%,d", run.trainableParameters()),
      run.epochs(),
      time(run.seconds())
    };
  }

  /** Its scores, cell by cell. */
  public static Object[] scores(ComparedRun run) {
    List<Object> cells = new ArrayList<>(List.of(Text.visible(run.run()), run.model()));
    List<Function<Metrics, Double>> columns =
        List.of(Metrics::logLoss, Metrics::f1Micro, Metrics::f1Macro);
    for (Function<Metrics, Double> column : columns) {
      for (String part : Comparison.PARTS) {
        Metrics metrics = run.parts().get(part);
        cells.add(metrics == null ? "" : number(column.apply(metrics)));
      }
    }
    return cells.toArray();
  }

  /** The article's, cell by cell. */
  public static Object[] scores(ArticleResult result) {
    List<Object> cells = new ArrayList<>(List.of("the article", result.network().id()));
    for (double value : result.logLoss()) {
      cells.add(number(value));
    }
    for (double value : result.f1Micro()) {
      cells.add(number(value));
    }
    cells.addAll(List.of("", "", ""));
    return cells.toArray();
  }

  /** Four digits; empty where there is none. */
  public static String number(Double value) {
    return value == null ? "" : Text.format("%.4f", value);
  }

  static String time(double seconds) {
    long whole = Math.round(seconds);
    return whole >= 3600
        ? Text.format("%d h %02d min", whole / 3600, whole / 60 % 60)
        : whole >= 60
            ? Text.format("%d min %02d s", whole / 60, whole % 60)
            : Text.format("%.1f s", seconds);
  }

  private static void line(StringBuilder text, String format, Object... cells) {
    text.append(String.format(Locale.ROOT, format, cells).stripTrailing()).append('\n');
  }
}
