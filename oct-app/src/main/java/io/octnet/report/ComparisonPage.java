package io.octnet.report;

import io.octnet.comparison.ArticleResult;
import io.octnet.comparison.ComparedRun;
import io.octnet.comparison.Comparison;
import io.octnet.comparison.ComparisonText;
import io.octnet.evaluation.Metrics;
import io.octnet.text.Text;
import java.util.ArrayList;
import java.util.List;

/**
 * A comparison as a page: the test scores as bars with their intervals, then the tables; its markup
 * is compare.jte.
 */
public final class ComparisonPage {
  static final List<String> SCORES = List.of("log-loss", "F1-micro", "F1-macro");
  static final List<String> PARTS =
      List.of(
          "run",
          "model",
          "train",
          "validation",
          "test",
          "train",
          "validation",
          "test",
          "train",
          "validation",
          "test");
  static final List<String> FACTS =
      List.of("run", "model", "split", "parameters", "trainable", "epochs", "time");

  private final Comparison comparison;

  private ComparisonPage(Comparison comparison) {
    this.comparison = comparison;
  }

  /** The text of the file. */
  public static String of(Comparison comparison) {
    return Pages.render("compare", new ComparisonPage(comparison));
  }

  /** A score from 0 to 1; the line over it is its 95 % interval. */
  record Bar(String name, boolean leaky, String css, double score, double[] interval) {
    String value() {
      return ComparisonText.number(score);
    }

    String range() {
      return hasInterval()
          ? Text.format(
              " (%s to %s)", ComparisonText.number(interval[0]), ComparisonText.number(interval[1]))
          : "";
    }

    boolean hasInterval() {
      return interval != null;
    }

    String width() {
      return thousandths(score);
    }

    String low() {
      return thousandths(interval[0]);
    }

    String high() {
      return thousandths(interval[1]);
    }

    private static String thousandths(double value) {
      return Text.format("%.1f", 1000 * value);
    }
  }

  /** A row of scores. */
  record Row(String css, Object[] cells) {}

  List<String> notes() {
    return comparison.notes();
  }

  /** F1-micro on test: what the article reports, too. */
  List<Bar> bars() {
    List<Bar> bars = new ArrayList<>();
    for (ComparedRun run : comparison.runs()) {
      Metrics test = run.parts().get("test");
      if (test != null) {
        bars.add(
            new Bar(run.run(), run.leaky(), "mine", test.f1Micro(), test.ci95().get("accuracy")));
      }
    }
    for (ArticleResult result : comparison.article()) {
      String name = "the article, " + result.network().id();
      bars.add(new Bar(name, false, "theirs", result.f1Micro()[2], null));
    }
    return bars;
  }

  List<Row> scores() {
    List<Row> rows = new ArrayList<>();
    comparison.runs().forEach(run -> rows.add(new Row(null, ComparisonText.scores(run))));
    comparison.article().forEach(r -> rows.add(new Row("article", ComparisonText.scores(r))));
    return rows;
  }

  List<List<Object>> facts() {
    return comparison.runs().stream().map(run -> List.of(ComparisonText.facts(run))).toList();
  }
}
