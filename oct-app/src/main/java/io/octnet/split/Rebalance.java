package io.octnet.split;

import io.octnet.split.Splitter.Groups;
import java.util.stream.IntStream;

/** Moves as few patients as it can until every part has every class; for very small sets. */
final class Rebalance {
  private static final String HINT = " (or split by image: --split image)";

  private final Groups groups;
  private final double[] hash;
  private final Part[] parts;
  private final double[] middle;

  Rebalance(Groups groups, Fractions fractions, double[] hash, Part[] parts) {
    this.groups = groups;
    this.hash = hash;
    this.parts = parts;
    double test = fractions.test();
    double validation = fractions.validation();
    this.middle = new double[] {(test + validation + 1) / 2, test + validation / 2, test / 2};
  }

  /**
   * Returns how many patients were moved.
   *
   * @throws io.octnet.UserException when a class has too few patients for all parts
   */
  int fillEmptyCells() {
    int moved = 0;
    for (int label = 0; label < groups.classes(); label++) {
      checkEnough(label);
      for (Part part : Part.values()) {
        if (count(part, label) == 0) {
          parts[closest(part, label)] = part;
          moved++;
        }
      }
    }
    for (int label = 0; label < groups.classes(); label++) {
      for (Part part : Part.values()) {
        if (count(part, label) == 0) {
          throw Splitter.tooFew(
              groups.className(label), having(label), "patients, shared with other classes", HINT);
        }
      }
    }
    return moved;
  }

  private void checkEnough(int label) {
    if (having(label) < Part.values().length) {
      throw Splitter.tooFew(groups.className(label), having(label), "patients", HINT);
    }
  }

  private int having(int label) {
    return (int) IntStream.range(0, groups.count()).filter(g -> groups.has(g, label)).count();
  }

  private int count(Part part, int label) {
    return (int)
        IntStream.range(0, groups.count())
            .filter(g -> parts[g] == part && groups.has(g, label))
            .count();
  }

  /** The patient whose hash is nearest to the part's and whose leaving empties nothing. */
  private int closest(Part part, int label) {
    int best = -1;
    for (int pass = 0; best < 0 && pass < 2; pass++) {
      for (int g = 0; g < groups.count(); g++) {
        boolean candidate =
            groups.has(g, label) && (pass == 0 ? leavesNothingEmpty(g) : spares(g, label));
        if (candidate && (best < 0 || distance(g, part) < distance(best, part))) {
          best = g;
        }
      }
    }
    return best;
  }

  private boolean leavesNothingEmpty(int group) {
    return IntStream.range(0, groups.classes())
        .filter(label -> groups.has(group, label))
        .allMatch(label -> spares(group, label));
  }

  private boolean spares(int group, int label) {
    return count(parts[group], label) > 1;
  }

  private double distance(int group, Part part) {
    return Math.abs(hash[group] - middle[part.ordinal()]);
  }
}
