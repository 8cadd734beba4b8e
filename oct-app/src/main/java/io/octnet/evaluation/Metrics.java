package io.octnet.evaluation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The scores of one part of the data. Undefined numbers are null.
 *
 * @param images how many
 * @param patients how many known ones
 * @param logLoss mean of {@code -ln p(true class)}, p clipped to 2^-52 from 0 and 1
 * @param accuracy share of images whose likeliest class is the true one
 * @param f1Micro equals accuracy, since each image has one label
 * @param f1Macro mean over {@link #presentClasses}, see {@link Confusion#f1Macro}
 * @param confusion rows true, columns predicted
 * @param ece expected calibration error, see {@link Calibration#error}
 * @param temperature fitted on validation; null without validation images
 * @param brier mean of the squared distance of probabilities from the truth, 0..2
 * @param referral null where the classes are not those of the referral question
 * @param ci95 intervals from patients drawn anew, by name of the score
 */
public record Metrics(
    int images,
    int patients,
    Double logLoss,
    Double accuracy,
    Double f1Micro,
    Double f1Macro,
    Map<String, PerClass> perClass,
    int[][] confusion,
    Double ece,
    Double eceAfterTemperature,
    Double temperature,
    Double brier,
    Double kappa,
    Referral referral,
    Map<String, double[]> ci95) {
  private static final double SMALLEST = 0x1p-52;
  private static final int DRAWS = 1000;

  /** One class against the rest; all null where it is absent, rocAuc also where it is alone. */
  public record PerClass(Double precision, Double recall, Double f1, int support, Double rocAuc) {
    private static PerClass of(Confusion confusion, List<Prediction> images, int c) {
      int support = confusion.support(c);
      return support == 0
          ? new PerClass(null, null, null, 0, null)
          : new PerClass(
              confusion.precision(c),
              confusion.recall(c),
              confusion.f1(c),
              support,
              known(Roc.ofClass(images, c).auc()));
    }
  }

  /** The classes that have images, over which the macro mean goes. */
  public List<String> presentClasses() {
    return perClass.entrySet().stream()
        .filter(e -> e.getValue().support() > 0)
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Scores of images of {@code classes.size()} classes, at least one image. */
  static Metrics of(
      List<Prediction> images,
      List<String> classes,
      Double temperature,
      ReferralRule referral,
      long seed) {
    Confusion confusion = Confusion.of(images, classes.size());
    Map<String, PerClass> perClass = new LinkedHashMap<>();
    for (int c = 0; c < classes.size(); c++) {
      perClass.put(classes.get(c), PerClass.of(confusion, images, c));
    }
    return new Metrics(
        images.size(),
        (int)
            images.stream()
                .map(Prediction::patient)
                .filter(patient -> !patient.isEmpty())
                .distinct()
                .count(),
        logLoss(images),
        confusion.accuracy(),
        confusion.accuracy(),
        confusion.f1Macro(confusion.present()),
        perClass,
        confusion.counts(),
        Calibration.error(images),
        temperature == null ? null : Calibration.error(Calibration.at(temperature, images)),
        temperature,
        brier(images),
        known(confusion.kappa()),
        referral == null ? null : referral.on(images),
        intervals(images, classes.size(), referral, seed));
  }

  private static Map<String, double[]> intervals(
      List<Prediction> images, int classes, ReferralRule referral, long seed) {
    int[] present = Confusion.of(images, classes).present();
    Bootstrap bootstrap = Bootstrap.of(images, DRAWS, seed);
    Map<String, double[]> intervals = new LinkedHashMap<>();
    intervals.put("accuracy", bootstrap.interval(rows -> Confusion.of(rows, classes).accuracy()));
    intervals.put(
        "f1_macro", bootstrap.interval(rows -> Confusion.of(rows, classes).f1Macro(present)));
    intervals.put("log_loss", bootstrap.interval(Metrics::logLoss));
    if (referral != null) {
      intervals.put("referral_auc", bootstrap.interval(referral::auc));
      intervals.put("referral_sensitivity", bootstrap.interval(referral::sensitivity));
      intervals.put("referral_specificity", bootstrap.interval(referral::specificity));
    }
    return intervals;
  }

  /** Mean of {@code -ln p(true class)}, p in 2^-52 .. 1 - 2^-52, as scikit-learn has it. */
  static double logLoss(List<Prediction> images) {
    double sum = 0;
    for (Prediction p : images) {
      sum -= Math.log(Math.clamp(p.probabilities()[p.label()], SMALLEST, 1 - SMALLEST));
    }
    return sum / images.size();
  }

  /** Mean over images of {@code sum_k (p_k - [k = y])^2}. */
  static double brier(List<Prediction> images) {
    double sum = 0;
    for (Prediction p : images) {
      for (int k = 0; k < p.probabilities().length; k++) {
        double d = p.probabilities()[k] - (k == p.label() ? 1 : 0);
        sum += d * d;
      }
    }
    return sum / images.size();
  }

  static Double known(double value) {
    return Double.isFinite(value) ? value : null;
  }
}
