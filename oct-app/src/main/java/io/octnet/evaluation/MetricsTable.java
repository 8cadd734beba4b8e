package io.octnet.evaluation;

import io.octnet.text.Text;
import java.util.Locale;

/** An evaluation as text for a terminal. */
public final class MetricsTable {
  private MetricsTable() {}

  /**
   * A line a part; then the classes and the confusion matrix of test.
   *
   * @param leaky whether each table is to be stamped
   */
  public static String text(Evaluation evaluation, boolean leaky) {
    StringBuilder text = new StringBuilder();
    line(
        text,
        "%-11s %7s %8s %9s  %-24s %9s",
        leaky ? "LEAKY" : "",
        "images",
        "patients",
        "log-loss",
        "accuracy (95 %)",
        "F1-macro");
    evaluation.parts().forEach((part, m) -> row(text, part, m));
    units(text, evaluation);
    Metrics test = evaluation.parts().get("test");
    if (test != null) {
      classes(text, test, leaky);
      confusion(text, evaluation, test, leaky);
    }
    return text.toString().stripTrailing();
  }

  private static void row(StringBuilder text, String name, Metrics m) {
    double[] ci = m.ci95().get("accuracy");
    line(
        text,
        "%-11s %7d %8d %9.4f  %.4f (%.4f to %.4f) %9.4f",
        name,
        m.images(),
        m.patients(),
        m.logLoss(),
        m.accuracy(),
        ci[0],
        ci[1],
        m.f1Macro());
  }

  private static void units(StringBuilder text, Evaluation evaluation) {
    evaluation
        .units()
        .forEach(
            (kind, parts) -> {
              line(text, "by %s: %s", kind, Unit.RULE);
              parts.forEach((part, m) -> row(text, part, m));
            });
  }

  private static void classes(StringBuilder text, Metrics test, boolean leaky) {
    text.append(leaky ? "\nLEAKY\n" : "\n");
    if (test.presentClasses().size() < test.perClass().size()) {
      line(text, "F1-macro is the mean over %s", String.join(", ", test.presentClasses()));
    }
    line(text, "%-11s %9s %9s %9s %9s", "test", "precision", "recall", "F1", "support");
    test.perClass()
        .forEach(
            (name, c) ->
                line(
                    text,
                    "%-11s %9s %9s %9s %9d",
                    name,
                    number(c.precision()),
                    number(c.recall()),
                    number(c.f1()),
                    c.support()));
  }

  private static String number(Double value) {
    return value == null ? "-" : Text.format("%.4f", value);
  }

  private static void confusion(
      StringBuilder text, Evaluation evaluation, Metrics test, boolean leaky) {
    text.append(leaky ? "\nLEAKY\n" : "\n");
    text.append("confusion on test: rows true, columns predicted\n");
    text.append(" ".repeat(11));
    for (String name : evaluation.classes()) {
      text.append(Text.format(" %9s", name));
    }
    text.append('\n');
    for (int row = 0; row < test.confusion().length; row++) {
      text.append(Text.format("%-11s", evaluation.classes().get(row)));
      for (int count : test.confusion()[row]) {
        text.append(Text.format(" %9d", count));
      }
      text.append('\n');
    }
  }

  private static void line(StringBuilder text, String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
