package io.octnet.cli;

import io.octnet.evaluation.Evaluation;
import io.octnet.evaluation.Metrics;
import io.octnet.evaluation.Prediction;
import io.octnet.evaluation.Unit;
import io.octnet.prediction.FilePredictions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** What {@code predict} says of volumes and eyes, from what it said of their scans. */
final class UnitRows {
  private final Evaluation evaluation; // of the run; null where there is none
  private final List<String> classes;
  private final List<String> referred;
  private final double scanThreshold;
  private final List<Prediction> scans = new ArrayList<>();

  /**
   * A row.
   *
   * @param referral by its most suspicious scan
   */
  record Row(
      String name,
      int scans,
      String predicted,
      Map<String, Double> probabilities,
      Boolean referral) {
    List<Object> cells() {
      List<Object> cells = new ArrayList<>(List.of(name, scans, predicted));
      cells.addAll(probabilities.values());
      cells.add(referral == null ? "" : referral ? "yes" : "no");
      return cells;
    }
  }

  UnitRows(
      Evaluation evaluation, List<String> classes, List<String> referred, double scanThreshold) {
    this.evaluation = evaluation;
    this.classes = classes;
    this.referred = referred;
    this.scanThreshold = scanThreshold;
  }

  /** Takes what is said of a scan; one that cannot be read belongs to nothing. */
  void add(FilePredictions.Row row) {
    if (row.error() == null) {
      double[] p = new double[row.probabilities().length];
      for (int c = 0; c < p.length; c++) {
        p[c] = row.probabilities()[c];
      }
      scans.add(
          new Prediction(
              row.file().toString(),
              row.facts().patient(),
              row.facts().eye(),
              row.facts().volume(),
              "test",
              0,
              p,
              Double.NaN));
    }
  }

  /** The rows of a kind of unit; none where the scans say nothing of it. */
  List<Row> of(Unit.Kind kind) {
    double threshold = threshold(kind);
    return Unit.of(scans, kind, temperature(), this::score).stream()
        .map(unit -> row(unit, threshold))
        .toList();
  }

  /** The header of {@link Row#cells}. */
  List<Object> header(Unit.Kind kind) {
    List<Object> cells = new ArrayList<>();
    cells.addAll(List.of(kind.name().toLowerCase(Locale.ROOT), "scans", "predicted"));
    classes.forEach(name -> cells.add("p_" + name));
    cells.add("referral");
    return cells;
  }

  private Row row(Unit unit, double threshold) {
    Map<String, Double> probabilities = new LinkedHashMap<>();
    int best = 0;
    for (int c = 0; c < classes.size(); c++) {
      probabilities.put(classes.get(c), unit.probabilities()[c]);
      best = unit.probabilities()[c] > unit.probabilities()[best] ? c : best;
    }
    Boolean referral = Double.isNaN(unit.referral()) ? null : unit.referral() >= threshold;
    return new Row(unit.name(), unit.scans().size(), classes.get(best), probabilities, referral);
  }

  /** Whether some are referred and some are not; with no other classes everybody would be. */
  static boolean isAsked(List<String> referred, List<String> classes) {
    return classes.containsAll(referred) && classes.size() > referred.size();
  }

  private double score(Prediction scan) {
    if (!isAsked(referred, classes)) {
      return Double.NaN;
    }
    double score = 0;
    for (String name : referred) {
      score += scan.probabilities()[classes.indexOf(name)];
    }
    return score;
  }

  private Double temperature() {
    return evaluation == null
        ? null
        : evaluation.parts().values().stream()
            .map(Metrics::temperature)
            .filter(Objects::nonNull)
            .findFirst()
            .orElse(null);
  }

  /** Chosen on validation units where the run had them, else that of scans. */
  private double threshold(Unit.Kind kind) {
    if (evaluation == null) {
      return scanThreshold;
    }
    String name = kind.name().toLowerCase(Locale.ROOT);
    return Stream.of(evaluation.units().getOrDefault(name, Map.of()))
        .flatMap(parts -> parts.values().stream())
        .map(Metrics::referral)
        .filter(referral -> referral != null && referral.threshold() != null)
        .map(referral -> referral.threshold())
        .findFirst()
        .orElse(scanThreshold);
  }
}
