package io.octnet.evaluation;

import java.util.List;

/**
 * How well those who need a doctor soon are told from the others.
 *
 * @param auc null without both sides
 * @param threshold refer when p(CNV) + p(DME) is at least this; chosen on validation; null: nobody
 *     is referred, or no threshold could be chosen (then sensitivity and specificity are null, too)
 * @param sensitivity share of the ill who are referred; null without any
 * @param specificity share of the others who are not; null without any
 */
public record Referral(Double auc, Double threshold, Double sensitivity, Double specificity) {
  /** The specificity, in percent, that the threshold has at least on validation. */
  public static final int SPECIFICITY = ReferralRule.SPECIFICITY;

  /** The curve of all thresholds on these images; null where the classes are others. */
  public static Roc roc(List<String> classes, List<Prediction> images) {
    ReferralRule rule = ReferralRule.choose(classes, images);
    return rule == null ? null : rule.roc(images);
  }
}
