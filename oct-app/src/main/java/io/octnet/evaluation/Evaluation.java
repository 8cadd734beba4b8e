package io.octnet.evaluation;

import io.octnet.text.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The scores of all parts of the data; the temperature and the referral threshold are chosen on
 * validation alone.
 *
 * @param parts train, validation, test; those that have images
 * @param units the same by volume and by eye, {@code volume} and {@code eye}; where they are known
 */
public record Evaluation(
    List<String> classes, Map<String, Metrics> parts, Map<String, Map<String, Metrics>> units) {
  static final List<String> PARTS = List.of("train", "validation", "test");

  /**
   * Evaluates predictions.
   *
   * @param seed of the patients drawn for the intervals
   */
  public static Evaluation of(List<Prediction> predictions, List<String> classes, long seed) {
    Map<String, List<Prediction>> byPart = new LinkedHashMap<>();
    PARTS.forEach(part -> byPart.put(part, new ArrayList<>()));
    for (Prediction p : predictions) {
      List<Prediction> part = byPart.get(p.split());
      if (part == null || p.probabilities().length != classes.size()) {
        throw new IllegalArgumentException(
            Text.format(
                "%s: split '%s' and %d probabilities; expected one of %s and %d",
                p.file(), p.split(), p.probabilities().length, PARTS, classes.size()));
      }
      part.add(p);
    }
    List<Prediction> validation = byPart.get("validation");
    Double temperature = validation.isEmpty() ? null : Calibration.temperature(validation);
    ReferralRule referral = ReferralRule.choose(classes, validation);
    Map<String, Metrics> parts = new LinkedHashMap<>();
    byPart.forEach(
        (part, images) -> {
          if (!images.isEmpty()) {
            parts.put(part, Metrics.of(images, classes, temperature, referral, seed));
          }
        });
    Map<String, Map<String, Metrics>> units = new LinkedHashMap<>();
    for (Unit.Kind kind : Unit.Kind.values()) {
      Map<String, Metrics> ofKind = byUnit(kind, byPart, classes, temperature, referral, seed);
      if (!ofKind.isEmpty()) {
        units.put(kind.name().toLowerCase(Locale.ROOT), ofKind);
      }
    }
    return new Evaluation(List.copyOf(classes), parts, units);
  }

  /** Units whose scans are of several classes have no truth and are left out. */
  private static Map<String, Metrics> byUnit(
      Unit.Kind kind,
      Map<String, List<Prediction>> byPart,
      List<String> classes,
      Double temperature,
      ReferralRule scanRule,
      long seed) {
    Map<String, List<Prediction>> units = new LinkedHashMap<>();
    byPart.forEach(
        (part, scans) ->
            units.put(
                part,
                Unit.of(
                        scans,
                        kind,
                        temperature,
                        p -> scanRule == null ? Double.NaN : scanRule.score(p))
                    .stream()
                    .filter(Unit::hasOneLabel)
                    .map(Unit::asPrediction)
                    .toList()));
    ReferralRule rule = ReferralRule.choose(classes, units.get("validation"));
    Map<String, Metrics> metrics = new LinkedHashMap<>();
    units.forEach(
        (part, rows) -> {
          if (!rows.isEmpty()) {
            metrics.put(part, Metrics.of(rows, classes, null, rule, seed));
          }
        });
    return metrics;
  }

  /** One part alone. */
  public Evaluation only(String part) {
    Metrics metrics = parts.get(part);
    Map<String, Map<String, Metrics>> ofPart = new LinkedHashMap<>();
    units.forEach(
        (kind, byPart) -> {
          if (byPart.containsKey(part)) {
            ofPart.put(kind, Map.of(part, byPart.get(part)));
          }
        });
    return new Evaluation(classes, metrics == null ? Map.of() : Map.of(part, metrics), ofPart);
  }
}
