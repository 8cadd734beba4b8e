package io.octnet.comparison;

import io.octnet.evaluation.Metrics;
import io.octnet.report.Html;
import io.octnet.text.Text;
import java.util.List;

/**
 * A comparison as one HTML file that needs nothing else: the test scores as bars with their
 * intervals, then the tables.
 */
public final class ComparisonPage {
  private static final String STYLE =
      """
      :root { color-scheme: light dark; --ink: #1b1f24; --paper: #ffffff; --soft: #5b6470; --line: #d5dae0;
        --bar: #2f6db3; --other: #9aa4b0; --warn: #a3341f; }
      @media (prefers-color-scheme: dark) { :root { --ink: #e8ebef; --paper: #14181d; --soft: #a3adb8;
        --line: #38414b; --bar: #6ea8ec; --other: #6b7580; --warn: #ff9a85; } }
      body { font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); margin: 0 auto;
        padding: 1rem; max-width: 70rem; }
      h1 { font-size: 1.6rem; } h2 { font-size: 1.2rem; margin-top: 2rem; }
      .warn { color: var(--warn); font-weight: 600; } .scroll { overflow-x: auto; }
      table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
      th, td { padding: .3rem .7rem; border-bottom: 1px solid var(--line); text-align: right; white-space: nowrap; }
      th:first-child, td:first-child, th:nth-child(2), td:nth-child(2) { text-align: left; }
      tr.article td { color: var(--soft); font-style: italic; }
      .bars { display: grid; grid-template-columns: minmax(6rem, max-content) 1fr; gap: .4rem 1rem; align-items: center; }
      .bars svg { width: 100%; height: 1.6rem; } .bars span { overflow-wrap: anywhere; }
      .mine { fill: var(--bar); } .theirs { fill: var(--other); } .whisker { stroke: var(--ink); stroke-width: 2; }
      @media print { body { max-width: none; } }
      """;

  private final StringBuilder html = new StringBuilder();

  private ComparisonPage() {}

  /** The text of the file. */
  public static String of(Comparison comparison) {
    ComparisonPage page = new ComparisonPage();
    page.html
        .append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
        .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
        .append("<title>Comparison of runs</title>\n<style>\n")
        .append(STYLE)
        .append("</style>\n</head>\n<body>\n<h1>Comparison of runs</h1>\n");
    for (String note : comparison.notes()) {
      String css = note.startsWith("LEAKY") ? " class=\"warn\"" : "";
      page.html.append(Text.format("<p%s>%s</p>\n", css, Html.escape(note)));
    }
    page.bars(comparison);
    page.scores(comparison);
    page.facts(comparison);
    return page.html.append("</body>\n</html>\n").toString();
  }

  /** F1-micro on test: what the article reports, too; the line over a bar is its 95 % interval. */
  private void bars(Comparison comparison) {
    html.append("<h2>F1-micro (accuracy) on test</h2>\n<div class=\"bars\">\n");
    for (ComparedRun run : comparison.runs()) {
      Metrics test = run.parts().get("test");
      if (test != null) {
        bar(run.run(), "mine", test.f1Micro(), test.ci95().get("accuracy"));
      }
    }
    for (ArticleResult result : comparison.article()) {
      bar("the article, " + result.network().id(), "theirs", result.f1Micro()[2], null);
    }
    html.append(
        "</div>\n<p>From 0 to 1; the line is the 95 % interval, patients drawn anew.</p>\n");
  }

  private void bar(String name, String css, double value, double[] interval) {
    String range =
        interval == null
            ? ""
            : Text.format(
                " (%s to %s)",
                ComparisonText.number(interval[0]), ComparisonText.number(interval[1]));
    html.append(Text.format("<span>%s<br>%s%s</span>\n", Html.escape(name), fixed(value), range));
    html.append(
            "<svg viewBox=\"0 0 1000 20\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"")
        .append(fixed(value))
        .append(
            Text.format(
                "\"><rect class=\"%s\" x=\"0\" y=\"3\" height=\"14\" width=\"%.1f\"/>",
                css, 1000 * value));
    if (interval != null) {
      html.append(
          Text.format(
              "<line class=\"whisker\" x1=\"%.1f\" x2=\"%.1f\" y1=\"10\" y2=\"10\"/>",
              1000 * interval[0], 1000 * interval[1]));
    }
    html.append("</svg>\n");
  }

  private void scores(Comparison comparison) {
    html.append("<h2>Scores</h2>\n<div class=\"scroll\"><table>\n<tr><th></th><th></th>");
    for (String score : List.of("log-loss", "F1-micro", "F1-macro")) {
      html.append("<th colspan=\"3\">").append(score).append("</th>");
    }
    html.append("</tr>\n<tr><th>run</th><th>model</th>");
    html.append("<th>train</th><th>validation</th><th>test</th>".repeat(3)).append("</tr>\n");
    comparison.runs().forEach(run -> row("", ComparisonText.scores(run)));
    comparison.article().forEach(result -> row("article", ComparisonText.scores(result)));
    html.append("</table></div>\n");
  }

  private void facts(Comparison comparison) {
    html.append("<h2>Size and time</h2>\n<div class=\"scroll\"><table>\n<tr>");
    for (String name :
        List.of("run", "model", "split", "parameters", "trainable", "epochs", "time")) {
      html.append("<th>").append(name).append("</th>");
    }
    html.append("</tr>\n");
    for (ComparedRun run : comparison.runs()) {
      row(
          "",
          run.run(),
          run.model(),
          run.split(),
          Text.format("%,d", run.parameters()),
          Text.format("%,d", run.trainableParameters()),
          run.epochs(),
          ComparisonText.time(run.seconds()));
    }
    html.append("</table></div>\n");
  }

  private void row(String css, Object... cells) {
    html.append(css.isEmpty() ? "<tr>" : "<tr class=\"" + css + "\">");
    for (Object cell : cells) {
      html.append("<td>").append(Html.escape(cell.toString())).append("</td>");
    }
    html.append("</tr>\n");
  }

  private static String fixed(double value) {
    return ComparisonText.number(value);
  }
}
