package io.octnet.evaluation;

import io.octnet.text.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The scores of all parts of the data; the temperature and the referral threshold are chosen on
 * validation alone.
 *
 * @param parts train, validation, test; those that have images
 */
public record Evaluation(List<String> classes, Map<String, Metrics> parts) {
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
    return new Evaluation(List.copyOf(classes), parts);
  }

  /** One part alone. */
  public Evaluation only(String part) {
    Metrics metrics = parts.get(part);
    return new Evaluation(classes, metrics == null ? Map.of() : Map.of(part, metrics));
  }
}
