package io.octnet.split;

import io.octnet.UserException;
import io.octnet.catalogue.Catalogue;
import io.octnet.catalogue.KeyedHash;
import io.octnet.catalogue.Scan;
import io.octnet.text.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The parts that the data themselves give: folders train, val and test, or a table's column. */
final class GivenSplit {
  private GivenSplit() {}

  /** Whether some scan is said to be of a part. */
  private static boolean isIn(Catalogue catalogue) {
    return catalogue.scans().stream().anyMatch(scan -> !scan.part().isEmpty());
  }

  /**
   * The parts as they are. Where there is none to validate on, patients of train are drawn for it.
   *
   * @throws UserException when no part is given, or one lacks a class
   */
  static Split of(Catalogue catalogue, Fractions fractions, long seed) {
    Split given =
        asGiven(catalogue)
            .orElseThrow(
                () ->
                    new UserException(
                        catalogue.root()
                            + " gives no parts; expected folders train, val and test, or a column"
                            + " split of --labels; or split by patient: --split patient"));
    Split whole =
        given.indices(Part.VALIDATION).length > 0 ? given : withValidation(given, fractions, seed);
    for (Part part : Part.values()) {
      int[] counts = whole.countByClass(part);
      for (int c = 0; c < counts.length; c++) {
        if (counts[c] == 0) {
          throw new UserException(
              Text.format(
                  "%s as given has no scan of %s; expected every class in every part; or split by patient: --split patient",
                  part.csvName(), catalogue.classes().get(c)));
        }
      }
    }
    return whole;
  }

  /** The parts as they are; empty where none are given. Scans of none are left out. */
  static Optional<Split> asGiven(Catalogue catalogue) {
    if (!isIn(catalogue)) {
      return Optional.empty();
    }
    List<Scan> scans = catalogue.scans().stream().filter(scan -> !scan.part().isEmpty()).toList();
    List<Part> parts = scans.stream().map(scan -> Part.of(scan.part()).orElseThrow()).toList();
    int unused = catalogue.size() - scans.size();
    List<String> notes =
        unused == 0
            ? List.of()
            : List.of(Text.format("%d scans are in no given part and are not used", unused));
    return Optional.of(new Split(catalogue.withScans(scans), parts, Split.Rule.GIVEN, notes));
  }

  /** What lies in several of the given parts, in one line; empty where nothing does. */
  static Optional<String> leak(Catalogue catalogue) {
    return asGiven(catalogue)
        .map(Leaks::of)
        .filter(Leaks::leaky)
        .map(
            leaks ->
                "the parts as given leak ("
                    + String.join("; ", leaks.lines())
                    + "); they are pooled and split anew, --split given keeps them");
  }

  private static Split withValidation(Split given, Fractions fractions, long seed) {
    double share = fractions.validation() / (1 - fractions.test());
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < given.parts().size(); i++) {
      String group = given.catalogue().scans().get(i).group();
      boolean drawn =
          given.parts().get(i) == Part.TRAIN && KeyedHash.uniform(seed, "split", group) < share;
      parts.add(drawn ? Part.VALIDATION : given.parts().get(i));
    }
    List<String> notes = new ArrayList<>(given.notes());
    notes.add("no part to validate on is given: patients of train were drawn for it");
    return new Split(given.catalogue(), parts, Split.Rule.GIVEN, notes);
  }
}
