package io.octnet.evaluation;

import java.util.List;
import java.util.Set;

/**
 * Refer when p(CNV) + p(DME) reaches a threshold.
 *
 * @param threshold NaN when none could be chosen
 */
record ReferralRule(int cnv, int dme, double threshold) {
  /** The specificity, in percent, that the threshold has at least on validation. */
  static final int SPECIFICITY = 95;

  /**
   * Chooses the threshold on validation images; null where the classes are not CNV, DME and others.
   */
  static ReferralRule choose(List<String> classes, List<Prediction> validation) {
    if (!classes.containsAll(Set.of("CNV", "DME")) || classes.size() < 3) {
      return null;
    }
    ReferralRule any = new ReferralRule(classes.indexOf("CNV"), classes.indexOf("DME"), Double.NaN);
    Roc roc = any.roc(validation);
    return roc.defined()
        ? new ReferralRule(any.cnv, any.dme, roc.operatingPoint(SPECIFICITY).threshold())
        : any;
  }

  Roc roc(List<Prediction> images) {
    return Roc.of(images, this::score, this::ill);
  }

  Referral on(List<Prediction> images) {
    return new Referral(
        Metrics.known(auc(images)),
        Metrics.known(threshold),
        Metrics.known(sensitivity(images)),
        Metrics.known(specificity(images)));
  }

  double score(Prediction p) {
    return Double.isNaN(p.referral())
        ? p.probabilities()[cnv] + p.probabilities()[dme]
        : p.referral();
  }

  private boolean ill(Prediction p) {
    return p.label() == cnv || p.label() == dme;
  }

  /** Equals {@link Roc#auc}, without the curve: it is wanted of a thousand resamples. */
  double auc(List<Prediction> images) {
    double[] ill = images.stream().filter(this::ill).mapToDouble(this::score).sorted().toArray();
    double[] others =
        images.stream().filter(p -> !ill(p)).mapToDouble(this::score).sorted().toArray();
    double twice = 0;
    int below = 0;
    int notAbove = 0;
    for (double score : ill) {
      while (below < others.length && others[below] < score) {
        below++;
      }
      while (notAbove < others.length && others[notAbove] <= score) {
        notAbove++;
      }
      twice += below + notAbove;
    }
    return twice / (2.0 * ill.length * others.length); // 0/0, NaN, without both sides
  }

  /** Share of the ill who are referred; NaN without any, or without a threshold. */
  double sensitivity(List<Prediction> images) {
    return share(images, true);
  }

  /** Share of the others who are not; NaN without any, or without a threshold. */
  double specificity(List<Prediction> images) {
    return share(images, false);
  }

  private double share(List<Prediction> images, boolean ill) {
    int right = 0;
    int all = 0;
    for (Prediction p : images) {
      if (ill(p) == ill) {
        all++;
        right += (score(p) >= threshold) == ill ? 1 : 0;
      }
    }
    return all == 0 || Double.isNaN(threshold) ? Double.NaN : (double) right / all;
  }
}
