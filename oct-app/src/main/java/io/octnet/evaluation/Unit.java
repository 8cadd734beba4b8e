package io.octnet.evaluation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * What is said of several scans as a whole, a volume or an eye.
 *
 * <p>The rule: its probabilities are the mean of its scans' calibrated ones; it is referred by its
 * most suspicious scan, the maximum of their referral scores. A scan of no known unit is in none.
 *
 * @param name of the volume; or of the patient and the eye
 * @param scans at least one
 * @param probabilities (classes)
 * @param referral the largest referral score of a scan; NaN where it is not asked
 */
public record Unit(String name, List<Prediction> scans, double[] probabilities, double referral) {
  /** The rule in one line, for people. */
  public static final String RULE =
      "mean of the scans' calibrated probabilities; referral by the highest scan";

  /** What scans are gathered into. */
  public enum Kind {
    VOLUME,
    EYE;

    /** The unit of a scan; empty where unknown. */
    String of(Prediction scan) {
      if (this == VOLUME) {
        return scan.volume();
      }
      boolean known = !scan.patient().isEmpty() && !scan.eye().isEmpty();
      return known ? scan.patient() + " " + scan.eye() : "";
    }
  }

  /**
   * The units of some scans, in the order of their first ones.
   *
   * @param temperature that calibrates the scans; null where none is known
   * @param referral of one scan; NaN where it is not asked
   */
  public static List<Unit> of(
      List<Prediction> scans,
      Kind kind,
      Double temperature,
      ToDoubleFunction<Prediction> referral) {
    Map<String, List<Prediction>> groups = new LinkedHashMap<>();
    for (Prediction scan : scans) {
      String unit = kind.of(scan);
      if (!unit.isEmpty()) {
        groups.computeIfAbsent(unit, name -> new ArrayList<>()).add(scan);
      }
    }
    List<Unit> units = new ArrayList<>();
    groups.forEach((name, group) -> units.add(of(name, group, temperature, referral)));
    return units;
  }

  private static Unit of(
      String name,
      List<Prediction> scans,
      Double temperature,
      ToDoubleFunction<Prediction> referral) {
    List<Prediction> calibrated = temperature == null ? scans : Calibration.at(temperature, scans);
    double[] mean = new double[scans.getFirst().probabilities().length];
    for (Prediction scan : calibrated) {
      for (int c = 0; c < mean.length; c++) {
        mean[c] += scan.probabilities()[c] / scans.size();
      }
    }
    double highest = scans.stream().mapToDouble(referral).max().orElseThrow();
    return new Unit(name, List.copyOf(scans), mean, highest);
  }

  /** Whether all its scans are of one class. */
  boolean hasOneLabel() {
    return scans.stream().mapToInt(Prediction::label).distinct().count() == 1;
  }

  /** As one row, to be scored like a scan; of units that have one label. */
  Prediction asPrediction() {
    Prediction first = scans.getFirst();
    return new Prediction(
        name,
        first.patient(),
        first.eye(),
        first.volume(),
        first.split(),
        first.label(),
        probabilities,
        referral);
  }
}
