package io.octnet.audit;

import java.util.List;

/**
 * How well classes are told without looking at the retina, by a small tree, cross-validated by
 * patient.
 *
 * @param features what was looked at: {@code size}, {@code border}, or both
 * @param balancedAccuracy mean share of each class that is told right
 * @param chance what guessing reaches: 1 / number of classes
 * @param classes each class against all others
 */
public record Shortcut(
    String features, double balancedAccuracy, double chance, List<ClassTold> classes) {

  /**
   * One class against all others.
   *
   * @param balancedAccuracy mean of the shares told right of this class and of the others; 0.5 is
   *     chance
   * @param limit above it the class is told better than chance explains: 0.5 plus three standard
   *     errors, counting patients, and 0.1 at least
   */
  public record ClassTold(String name, double balancedAccuracy, double limit) {
    public boolean suspicious() {
      return balancedAccuracy > limit;
    }
  }

  /** Whether any class is told by these features. */
  public boolean suspicious() {
    return classes.stream().anyMatch(ClassTold::suspicious);
  }
}
