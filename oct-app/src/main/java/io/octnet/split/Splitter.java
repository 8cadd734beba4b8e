package io.octnet.split;

import io.octnet.UserException;
import io.octnet.catalogue.Catalogue;
import io.octnet.catalogue.KeyedHash;
import io.octnet.catalogue.Quotas;
import io.octnet.catalogue.Scan;
import io.octnet.text.Text;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Divides a catalogue into train, validation and test. */
public final class Splitter {
  private static final String PURPOSE = "split";

  private Splitter() {}

  /**
   * By patient: all scans of a patient, whatever their classes, go to one part. Scans of unknown
   * patients go each by itself, exact duplicates together.
   *
   * <p>A hash of seed and patient decides, so a patient's part is the same whatever else is in the
   * folder: it never changes when files are added. Any rule with this property can look at nothing
   * but the patient, which is why shares and classes are met on average, not exactly. Only where
   * that leaves a class out of a part, too small a set, patients are moved, and a note says so.
   *
   * @throws UserException when a class has fewer than three patients
   */
  public static Split byPatient(Catalogue catalogue, Fractions fractions, long seed) {
    Groups groups = new Groups(catalogue);
    Part[] parts = new Part[groups.count()];
    double[] hash = new double[groups.count()];
    for (int g = 0; g < parts.length; g++) {
      hash[g] = KeyedHash.uniform(seed, PURPOSE, groups.name(g));
      parts[g] = part(hash[g], fractions);
    }
    List<String> notes = new ArrayList<>();
    int moved = new Rebalance(groups, fractions, hash, parts).fillEmptyCells();
    if (moved > 0) {
      notes.add(
          Text.format(
              "%d of %d patients were moved so that every part has every class; with so few, a patient's part may change when files are added",
              moved, groups.count()));
    }
    if (!catalogue.patientsKnown()) {
      notes.add(
          Text.format(
              "%d of %d images have no known patient: one patient's images may lie in several parts",
              catalogue.scansWithoutPatient(), catalogue.size()));
    }
    List<Part> ofScans =
        IntStream.range(0, catalogue.size()).mapToObj(i -> parts[groups.of(i)]).toList();
    return new Split(catalogue, ofScans, Split.Rule.PATIENT, notes);
  }

  private static Part part(double hash, Fractions fractions) {
    if (hash < fractions.test()) {
      return Part.TEST;
    }
    return hash < fractions.test() + fractions.validation() ? Part.VALIDATION : Part.TRAIN;
  }

  /**
   * By image, as the article did: in every class exactly the shares asked for, to one image. One
   * patient's images lie in several parts, so scores on them are too good.
   *
   * @throws UserException when a class has fewer than three images
   */
  public static Split byImage(Catalogue catalogue, Fractions fractions, long seed) {
    Part[] parts = new Part[catalogue.size()];
    for (int c = 0; c < catalogue.classes().size(); c++) {
      int label = c;
      int[] images =
          IntStream.range(0, parts.length)
              .filter(i -> catalogue.scans().get(i).label() == label)
              .boxed()
              .sorted(KeyedHash.order(seed, PURPOSE, i -> catalogue.scans().get(i).file()))
              .mapToInt(Integer::intValue)
              .toArray();
      if (images.length < 3) {
        throw tooFew(catalogue.classes().get(c), images.length, "images", "");
      }
      int n = images.length;
      int[] quotas = Quotas.of(n, fractions.test(), fractions.validation(), fractions.train());
      int test = Math.clamp(quotas[0], 1, n - 2);
      int validation = Math.clamp(quotas[1], 1, n - 1 - test);
      for (int k = 0; k < n; k++) {
        boolean tests = k < test;
        parts[images[k]] = tests ? Part.TEST : k < test + validation ? Part.VALIDATION : Part.TRAIN;
      }
    }
    List<String> notes = List.of("split by image: images of one patient may lie in several parts");
    return new Split(catalogue, List.of(parts), Split.Rule.IMAGE, notes);
  }

  static UserException tooFew(String className, int count, String what, String hint) {
    return new UserException(
        Text.format(
            "class %s has %d %s; expected at least 3, one each to train, validate and test%s; add images, or leave the class out",
            className, count, what, hint));
  }

  /** The scans that stay together, numbered in the order in which they first appear. */
  static final class Groups {
    private final List<String> names = new ArrayList<>();
    private final int[] groupOfScan;
    private final Catalogue catalogue;
    private final int[][] classCounts;

    Groups(Catalogue catalogue) {
      this.catalogue = catalogue;
      this.groupOfScan = new int[catalogue.size()];
      Map<String, Integer> numbers = new HashMap<>();
      for (int i = 0; i < groupOfScan.length; i++) {
        Scan scan = catalogue.scans().get(i);
        groupOfScan[i] = numbers.computeIfAbsent(scan.group(), name -> add(name));
      }
      classCounts = new int[names.size()][catalogue.classes().size()];
      for (int i = 0; i < groupOfScan.length; i++) {
        classCounts[groupOfScan[i]][catalogue.scans().get(i).label()]++;
      }
    }

    private int add(String name) {
      names.add(name);
      return names.size() - 1;
    }

    int count() {
      return names.size();
    }

    String name(int group) {
      return names.get(group);
    }

    int of(int scan) {
      return groupOfScan[scan];
    }

    int classes() {
      return catalogue.classes().size();
    }

    String className(int label) {
      return catalogue.classes().get(label);
    }

    boolean has(int group, int label) {
      return classCounts[group][label] > 0;
    }
  }
}
