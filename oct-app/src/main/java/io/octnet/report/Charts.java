package io.octnet.report;

import io.octnet.evaluation.Calibration;
import io.octnet.evaluation.Prediction;
import io.octnet.evaluation.Referral;
import io.octnet.evaluation.Roc;
import io.octnet.report.Chart.Series;
import io.octnet.runs.History;
import io.octnet.text.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The curves of a run. */
final class Charts {
  /** Shown beside its table, not among the others. */
  static final String REFERRAL = "referral";

  private static final int MOST_POINTS = 400;
  private static final Series CHANCE =
      new Series("chance", new double[] {0, 1}, new double[] {0, 1}, true);

  private Charts() {}

  /** All that there are data for. */
  static List<Chart> of(RunResult result) {
    List<Chart> charts = new ArrayList<>();
    if (!result.history().epochs().isEmpty()) {
      charts.add(loss(result.history()));
      charts.add(f1(result.history()));
    }
    List<Prediction> judged = result.of(result.judgedBy());
    charts.add(roc(judged, result.classes()));
    charts.add(precisionRecall(judged, result.classes()));
    charts.add(calibration(judged, result.judged().temperature()));
    Referral referral = result.judged().referral();
    if (referral != null && referral.auc() != null) {
      charts.add(referral(referral, Referral.roc(result.classes(), judged)));
    }
    return charts;
  }

  private static Chart loss(History history) {
    return new Chart(
        "loss",
        "Loss by epoch",
        "How wrong it was on average; lower is better.",
        "epoch",
        "cross-entropy",
        false,
        List.of(
            epochs(history, "train", History.Epoch::loss, false),
            epochs(history, "validation", History.Epoch::valLoss, true)));
  }

  /** One label an image: F1-micro is the accuracy. */
  private static Chart f1(History history) {
    return new Chart(
        "f1",
        "F1-micro (accuracy) by epoch",
        "The share of scans that it got right.",
        "epoch",
        "F1-micro",
        false,
        List.of(
            epochs(history, "train", History.Epoch::accuracy, false),
            epochs(history, "validation", History.Epoch::valAccuracy, true)));
  }

  private static Series epochs(
      History history, String name, ToDoubleFunction<History.Epoch> value, boolean dashed) {
    List<History.Epoch> known =
        history.epochs().stream().filter(e -> Double.isFinite(value.applyAsDouble(e))).toList();
    return new Series(
        name,
        known.stream().mapToDouble(History.Epoch::epoch).toArray(),
        known.stream().mapToDouble(value).toArray(),
        dashed);
  }

  private static Chart roc(List<Prediction> images, List<String> classes) {
    List<Series> series = new ArrayList<>();
    for (int c = 0; c < classes.size(); c++) {
      Roc roc = Roc.ofClass(images, c);
      if (roc.defined()) {
        series.add(series(named(classes.get(c), roc.auc()), points(roc), false));
      }
    }
    series.add(CHANCE);
    return new Chart(
        "roc",
        "ROC, each class against the rest (area)",
        "How many of a class it finds, against how many others it takes for it.",
        "1 - specificity",
        "sensitivity",
        true,
        List.copyOf(series));
  }

  private static List<double[]> points(Roc roc) {
    return roc.points().stream()
        .map(p -> new double[] {1 - roc.specificity(p), roc.sensitivity(p)})
        .toList();
  }

  private static Chart referral(Referral referral, Roc roc) {
    List<Series> series = new ArrayList<>();
    series.add(series(named("CNV or DME", roc.auc()), points(roc), false));
    if (referral.threshold() != null) {
      series.add(
          new Series(
              "operating point",
              new double[] {1 - referral.specificity()},
              new double[] {referral.sensitivity()},
              false));
    }
    series.add(CHANCE);
    return new Chart(
        REFERRAL,
        "Referral: CNV or DME against the rest (area)",
        "How many in need it finds, against how many others it sends along.",
        "1 - specificity",
        "sensitivity",
        true,
        List.copyOf(series));
  }

  private static Chart precisionRecall(List<Prediction> images, List<String> classes) {
    List<Series> series = new ArrayList<>();
    for (int c = 0; c < classes.size(); c++) {
      Roc roc = Roc.ofClass(images, c);
      if (roc.defined()) {
        List<double[]> points =
            roc.points().stream()
                .skip(1) // nothing is called positive there: no precision
                .map(
                    p ->
                        new double[] {
                          roc.sensitivity(p),
                          (double) p.truePositives() / (p.truePositives() + p.falsePositives())
                        })
                .toList();
        series.add(series(named(classes.get(c), roc.averagePrecision()), points, false));
      }
    }
    return new Chart(
        "precision-recall",
        "Precision and recall (average precision)",
        "How often it is right when it names a class, against how many it finds.",
        "recall",
        "precision",
        true,
        List.copyOf(series));
  }

  private static String named(String name, double area) {
    return Text.format("%s (%.3f)", name, area);
  }

  private static Chart calibration(List<Prediction> images, Double temperature) {
    List<Series> series = new ArrayList<>();
    series.add(bins("as it is", images, false));
    if (temperature != null) {
      String name = Text.format("at temperature %.2f", temperature);
      series.add(bins(name, Calibration.at(temperature, images), true));
    }
    series.add(new Series("ideal", CHANCE.x(), CHANCE.y(), true));
    return new Chart(
        "calibration",
        "Calibration (reliability diagram)",
        "Is it as often right as it says?",
        "confidence",
        "share that is right",
        true,
        List.copyOf(series));
  }

  private static Series bins(String name, List<Prediction> images, boolean dashed) {
    List<double[]> points =
        Calibration.bins(images).stream()
            .filter(bin -> bin.count() > 0)
            .map(
                bin ->
                    new double[] {
                      bin.confidenceSum() / bin.count(), (double) bin.correct() / bin.count()
                    })
            .toList();
    return series(name, points, dashed);
  }

  /** Not more points than one can see; the first and the last always. */
  private static Series series(String name, List<double[]> points, boolean dashed) {
    int n = points.size();
    int kept = Math.min(n, MOST_POINTS);
    double[] x = new double[kept];
    double[] y = new double[kept];
    for (int i = 0; i < kept; i++) {
      double[] point = points.get(kept == 1 ? 0 : (int) ((long) i * (n - 1) / (kept - 1)));
      x[i] = point[0];
      y[i] = point[1];
    }
    return new Series(name, x, y, dashed);
  }
}
