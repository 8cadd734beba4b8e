package io.octnet.report;

import io.octnet.evaluation.Metrics;
import io.octnet.evaluation.Prediction;
import io.octnet.evaluation.Referral;
import io.octnet.text.Text;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** {@code report.html}: one file that needs nothing else, the verdict first. */
final class Page {
  private static final List<String> PARTS = List.of("train", "validation", "test");

  private final RunResult result;
  private final Thumbnails thumbnails;
  private final List<Chart> charts;
  private final Html html = new Html();

  private Page(RunResult result, Thumbnails thumbnails) {
    this.result = result;
    this.thumbnails = thumbnails;
    this.charts = Charts.of(result);
  }

  /** The text of the file. */
  static String of(RunResult result, Thumbnails thumbnails) {
    Page page = new Page(result, thumbnails);
    head(page.html, page.title(), Verdict.of(result).stamps());
    page.verdict();
    page.scores();
    page.matrices();
    page.charts();
    page.referral();
    page.data();
    page.environment();
    return page.html.add("</main>\n</body>\n</html>\n").toString();
  }

  private String title() {
    return Text.format("%s: %s", result.model(), result.run().path().getFileName());
  }

  /** The beginning of a page, with its style; stamps are repeated over every table and plot. */
  static void head(Html html, String title, List<String> stamps) {
    html.add("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
        .add("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
        .add("<title>%s</title>\n<style>\n", title)
        .add(style())
        .add("</style>\n</head>\n<body>\n");
    if (stamps.isEmpty()) {
      html.add("<main>\n");
    } else {
      html.add("<main style=\"--stamp:'%s'\">\n", String.join(", ", stamps));
    }
  }

  private static String style() {
    try (InputStream in = Page.class.getResourceAsStream("report.css")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("report.css is not in the jar", e);
    }
  }

  private void verdict() {
    Verdict verdict = Verdict.of(result);
    Metrics m = result.judged();
    html.add("<header>\n<p class=\"soft\">%s</p>\n", title());
    verdict.stamps().forEach(stamp -> html.add("<span class=\"stamp\">%s</span>\n", stamp));
    html.add("<h1>%s</h1>\n", verdict.headline())
        .add("<p class=\"basis\">%s.</p>\n", verdict.basis());
    verdict.remarks().forEach(remark -> html.add("<p>%s</p>\n", remark));
    html.add("<div class=\"cards\">\n");
    card("accuracy", m.accuracy(), m.ci95().get("accuracy"));
    card("F1-macro", m.f1Macro(), m.ci95().get("f1_macro"));
    card("log-loss", m.logLoss(), m.ci95().get("log_loss"));
    if (m.referral() != null && m.referral().auc() != null) {
      card("referral, area under ROC", m.referral().auc(), m.ci95().get("referral_auc"));
    }
    html.add("</div>\n<p class=\"soft\">Intervals: 95 %, patients drawn anew 1,000 times. ")
        .add(
            "This is no medical device, and what it says of a scan is no diagnosis.</p>\n</header>\n");
  }

  private void card(String name, double value, double[] interval) {
    html.add("<div class=\"card\"><b>%.3f</b><span>%s</span>", value, name);
    if (interval != null) {
      html.add("<small>%.3f to %.3f</small>", interval[0], interval[1]);
    }
    html.add("</div>\n");
  }

  private void scores() {
    html.add("<h2>Scores</h2>\n<div class=\"scroll\"><table>\n")
        .head(
            "",
            "scans",
            "patients",
            "log-loss",
            "accuracy = F1-micro",
            "F1-macro",
            "kappa",
            "Brier",
            "ECE",
            "ECE after temperature");
    for (String part : PARTS) {
      Metrics m = result.metrics().evaluation().parts().get(part);
      if (m != null) {
        html.row(
            part,
            m.images(),
            m.patients(),
            number(m.logLoss()),
            number(m.accuracy()),
            number(m.f1Macro()),
            number(m.kappa()),
            number(m.brier()),
            number(m.ece()),
            number(m.eceAfterTemperature()));
      }
    }
    html.add(
            "</table></div>\n<h3>By class, on %s</h3>\n<div class=\"scroll\"><table>\n",
            result.judgedBy())
        .head("", "precision", "recall", "F1", "scans", "area under ROC");
    result
        .judged()
        .perClass()
        .forEach(
            (name, c) ->
                html.row(
                    name,
                    number(c.precision()),
                    number(c.recall()),
                    number(c.f1()),
                    c.support(),
                    number(c.rocAuc())));
    html.add("</table></div>\n");
  }

  private void matrices() {
    html.add("<h2 id=\"matrices\">What is taken for what, on %s</h2>\n", result.judgedBy())
        .add(
            "<p>Rows: the true class. Columns: what it said. <span class=\"screen\">Choose a cell to see its scans.</span></p>\n<div class=\"matrices\">\n");
    Matrix.of(result.judged().confusion()).forEach(this::matrix);
    html.add("</div>\n");
    List<Prediction> judged = result.of(result.judgedBy());
    Galleries galleries = new Galleries(result.classes(), judged, thumbnails);
    html.add(galleries.html())
        .add(galleries.worst())
        .add(
            "<p class=\"soft\">Beside each scan: where in it the network saw what it said (Grad-CAM; the white line is half of the maximum).</p>\n");
  }

  private void matrix(Matrix matrix) {
    html.add(
        "<div class=\"scroll\"><table class=\"matrix\" id=\"%s\">\n<caption>%s</caption>\n<tr><td></td>",
        matrix.id(), matrix.title());
    result.classes().forEach(name -> html.add("<th scope=\"col\">%s</th>", name));
    html.add("</tr>\n");
    for (int r = 0; r < matrix.texts().length; r++) {
      html.add("<tr><th scope=\"row\">%s</th>", result.classes().get(r));
      for (int c = 0; c < matrix.texts().length; c++) {
        cell(matrix, r, c);
      }
      html.add("</tr>\n");
    }
    html.add("</table></div>\n");
  }

  private void cell(Matrix matrix, int r, int c) {
    double share = matrix.shares()[r][c];
    html.add(
        "<td class=\"%s\" style=\"--share:%.0f%%\">", share > 0.5 ? "deep" : "pale", 100 * share);
    if (result.judged().confusion()[r][c] > 0) {
      html.add("<a href=\"#%s\">%s</a></td>", Galleries.id(r, c), matrix.texts()[r][c]);
    } else {
      html.add("%s</td>", matrix.texts()[r][c]);
    }
  }

  private void charts() {
    html.add("<h2>Curves</h2>\n<div class=\"charts\">\n");
    for (Chart chart : charts) {
      if (!chart.id().equals(Charts.REFERRAL)) {
        html.add(SvgChart.of(chart));
      }
    }
    html.add("</div>\n");
  }

  private void referral() {
    Referral referral = result.judged().referral();
    if (referral == null) {
      return;
    }
    Map<String, double[]> ci = result.judged().ci95();
    html.add("<h2>Who needs a doctor soon</h2>\n");
    if (referral.threshold() == null) {
      html.add(
          "<p>CNV or DME against the rest. On validation no threshold referred anybody at a specificity of at least %d of 100, so there is no operating point.</p>\n",
          Referral.SPECIFICITY);
    } else {
      html.add(
          "<p>CNV or DME against the rest: refer when p(CNV) + p(DME) is at least %.3f. The threshold was chosen on validation, for a specificity of at least %d of 100.</p>\n",
          referral.threshold(), Referral.SPECIFICITY);
    }
    html.add("<div class=\"columns\">\n<div class=\"scroll\"><table>\n")
        .head("", "on " + result.judgedBy(), "95 % interval");
    if (referral.threshold() != null) {
      rate("sensitivity", referral.sensitivity(), ci.get("referral_sensitivity"));
      rate("specificity", referral.specificity(), ci.get("referral_specificity"));
    }
    rate("area under ROC", referral.auc(), ci.get("referral_auc"));
    html.add("</table></div>\n<div class=\"charts\">\n");
    charts.stream()
        .filter(chart -> chart.id().equals(Charts.REFERRAL))
        .forEach(chart -> html.add(SvgChart.of(chart)));
    html.add("</div>\n</div>\n");
  }

  private void rate(String name, Double value, double[] interval) {
    html.row(
        name,
        number(value),
        interval == null ? "" : number(interval[0]) + " to " + number(interval[1]));
  }

  private void data() {
    html.add("<h2>Data</h2>\n<div class=\"scroll\"><table>\n");
    html.add("<tr><td></td>");
    result.classes().forEach(name -> html.add("<th scope=\"col\">%s</th>", name));
    html.add("<th scope=\"col\">all</th><th scope=\"col\">patients</th></tr>\n");
    for (String part : PARTS) {
      List<Prediction> images = result.of(part);
      Object[] cells = new Object[result.classes().size() + 2];
      for (int c = 0; c < result.classes().size(); c++) {
        int label = c;
        cells[c] = images.stream().filter(p -> p.label() == label).count();
      }
      cells[cells.length - 2] = images.size();
      TreeSet<String> patients = new TreeSet<>();
      images.forEach(p -> patients.add(p.patient()));
      patients.remove("");
      cells[cells.length - 1] = patients.size();
      html.row(part, cells);
    }
    html.add("</table></div>\n");
    notes(result.notes().stream().filter(note -> !note.startsWith(Report.AUDIT)).toList());
    html.add("<h3>What an audit of the folder found</h3>\n");
    notes(
        result.notes().stream()
            .filter(note -> note.startsWith(Report.AUDIT))
            .map(note -> note.substring(Report.AUDIT.length()))
            .toList());
    html.add(
        "<p class=\"soft\">That was its fast part, as always before a training. The command audit looks deeper: near duplicates, odd images, borders that tell the class.</p>\n");
  }

  private void notes(List<String> notes) {
    html.add("<ul>\n");
    notes.forEach(note -> html.add("<li>%s</li>\n", note));
    html.add("</ul>\n");
  }

  private void environment() {
    html.add(
        "<h2>How it was made, and again</h2>\n<p>%,d parameters, %,d of them trained, %d epochs in %.0f s.</p>\n",
        result.metrics().subject().parameters(),
        result.metrics().subject().trainableParameters(),
        result.history().epochs().size(),
        result.history().seconds());
    html.add("<pre>java -jar oct-app.jar train --config config.yaml</pre>\n")
        .add(
            "<p>gives the same bits again, on any number of threads (times apart), where the data are the same and the processor has vectors of the same width.</p>\n")
        .add("<div class=\"columns\">\n<table>\n<caption>config.yaml</caption>\n");
    result.config().forEach((name, value) -> html.row(name, value));
    html.add("</table>\n<table>\n<caption>environment.json</caption>\n");
    result.environment().forEach((name, value) -> html.row(name, plain(value)));
    html.add("</table>\n</div>\n");
  }

  private static String plain(Object value) {
    return value instanceof Double d && d == Math.rint(d)
        ? String.valueOf(d.longValue())
        : String.valueOf(value);
  }

  static String number(Double value) {
    return value == null ? "-" : Text.format("%.4f", value);
  }
}
