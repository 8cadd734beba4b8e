package io.octnet.report;

import io.octnet.evaluation.Metrics;
import io.octnet.evaluation.Prediction;
import io.octnet.evaluation.Referral;
import io.octnet.text.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** What {@code report.html} shows, the verdict first; its markup is report.jte. */
final class Page {
  static final List<String> SCORES =
      List.of(
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
  static final List<String> CLASS_SCORES =
      List.of("", "precision", "recall", "F1", "scans", "area under ROC");
  private static final List<String> PARTS = List.of("train", "validation", "test");

  private final RunResult result;
  private final List<Chart> charts;
  private final Galleries galleries;

  private Page(RunResult result, Thumbnails thumbnails) {
    this.result = result;
    this.charts = Charts.of(result);
    this.galleries = new Galleries(result.classes(), result.of(result.judgedBy()), thumbnails);
  }

  /** The text of the file. */
  static String of(RunResult result, Thumbnails thumbnails) {
    return Pages.render("report", new Page(result, thumbnails));
  }

  RunResult result() {
    return result;
  }

  Galleries galleries() {
    return galleries;
  }

  String title() {
    return result.model() + ": " + result.run().path().getFileName();
  }

  Verdict verdict() {
    return Verdict.of(result);
  }

  /** A score in large; its interval may be null. */
  record Card(String name, String value, String interval) {
    private static Card of(String name, double value, double[] interval) {
      return new Card(
          name,
          Text.format("%.3f", value),
          interval == null ? null : Text.format("%.3f to %.3f", interval[0], interval[1]));
    }
  }

  List<Card> cards() {
    Metrics m = result.judged();
    List<Card> cards = new ArrayList<>();
    cards.add(Card.of("accuracy", m.accuracy(), m.ci95().get("accuracy")));
    cards.add(Card.of("F1-macro", m.f1Macro(), m.ci95().get("f1_macro")));
    cards.add(Card.of("log-loss", m.logLoss(), m.ci95().get("log_loss")));
    if (m.referral() != null && m.referral().auc() != null) {
      cards.add(
          Card.of("referral, area under ROC", m.referral().auc(), m.ci95().get("referral_auc")));
    }
    return cards;
  }

  List<List<String>> scores() {
    Map<String, Metrics> parts = result.metrics().evaluation().parts();
    return PARTS.stream()
        .filter(parts::containsKey)
        .map(
            part -> {
              Metrics m = parts.get(part);
              return List.of(
                  part,
                  String.valueOf(m.images()),
                  String.valueOf(m.patients()),
                  number(m.logLoss()),
                  number(m.accuracy()),
                  number(m.f1Macro()),
                  number(m.kappa()),
                  number(m.brier()),
                  number(m.ece()),
                  number(m.eceAfterTemperature()));
            })
        .toList();
  }

  List<List<String>> classScores() {
    List<List<String>> rows = new ArrayList<>();
    result
        .judged()
        .perClass()
        .forEach(
            (name, c) ->
                rows.add(
                    List.of(
                        name,
                        number(c.precision()),
                        number(c.recall()),
                        number(c.f1()),
                        String.valueOf(c.support()),
                        number(c.rocAuc()))));
    return rows;
  }

  List<Matrix> matrices() {
    return Matrix.of(result.judged().confusion());
  }

  List<SvgChart> curves() {
    return charts.stream()
        .filter(chart -> !chart.id().equals(Charts.REFERRAL))
        .map(SvgChart::new)
        .toList();
  }

  List<SvgChart> referralCurve() {
    return charts.stream()
        .filter(chart -> chart.id().equals(Charts.REFERRAL))
        .map(SvgChart::new)
        .toList();
  }

  /** Null where the classes are others than those that are referred. */
  Referral referral() {
    return result.judged().referral();
  }

  String operatingPoint() {
    return referral().threshold() == null
        ? Text.format(
            "On validation no threshold referred anybody at a specificity of at least %d of 100, so there is no operating point.",
            Referral.SPECIFICITY)
        : Text.format(
            "Refer when p(CNV) + p(DME) is at least %.3f. The threshold was chosen on validation, for a specificity of at least %d of 100.",
            referral().threshold(), Referral.SPECIFICITY);
  }

  List<String> rateHead() {
    return List.of("", "on " + result.judgedBy(), "95 % interval");
  }

  List<List<String>> rates() {
    Map<String, double[]> ci = result.judged().ci95();
    List<List<String>> rates = new ArrayList<>();
    if (referral().threshold() != null) {
      rates.add(rate("sensitivity", referral().sensitivity(), ci.get("referral_sensitivity")));
      rates.add(rate("specificity", referral().specificity(), ci.get("referral_specificity")));
    }
    rates.add(rate("area under ROC", referral().auc(), ci.get("referral_auc")));
    return rates;
  }

  private static List<String> rate(String name, Double value, double[] interval) {
    return List.of(
        name,
        number(value),
        interval == null ? "" : number(interval[0]) + " to " + number(interval[1]));
  }

  List<String> dataHead() {
    List<String> head = new ArrayList<>(List.of(""));
    head.addAll(result.classes());
    head.addAll(List.of("all", "patients"));
    return head;
  }

  List<List<String>> data() {
    return PARTS.stream().map(this::data).toList();
  }

  private List<String> data(String part) {
    List<Prediction> images = result.of(part);
    List<String> row = new ArrayList<>(List.of(part));
    for (int c = 0; c < result.classes().size(); c++) {
      int label = c;
      row.add(String.valueOf(images.stream().filter(p -> p.label() == label).count()));
    }
    row.add(String.valueOf(images.size()));
    TreeSet<String> patients = new TreeSet<>();
    images.forEach(p -> patients.add(p.patient()));
    patients.remove("");
    row.add(String.valueOf(patients.size()));
    return row;
  }

  List<String> notes() {
    return result.notes().stream().filter(note -> !note.startsWith(Report.AUDIT)).toList();
  }

  List<String> audit() {
    return result.notes().stream()
        .filter(note -> note.startsWith(Report.AUDIT))
        .map(note -> note.substring(Report.AUDIT.length()))
        .toList();
  }

  String made() {
    return Text.format(
        "%,d parameters, %,d of them trained, %d epochs in %.0f s.",
        result.metrics().subject().parameters(),
        result.metrics().subject().trainableParameters(),
        result.history().epochs().size(),
        result.history().seconds());
  }

  /** The two files that say how, name by name. */
  Map<String, Map<String, String>> facts() {
    Map<String, String> environment = new LinkedHashMap<>();
    result.environment().forEach((name, value) -> environment.put(name, plain(value)));
    Map<String, Map<String, String>> facts = new LinkedHashMap<>();
    facts.put("config.yaml", result.config());
    facts.put("environment.json", environment);
    return facts;
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
