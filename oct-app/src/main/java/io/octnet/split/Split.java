package io.octnet.split;

import io.octnet.UserException;
import io.octnet.catalogue.Catalogue;
import io.octnet.catalogue.Scan;
import io.octnet.text.Text;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A catalogue and what each of its scans is used for.
 *
 * @param parts one for each scan of the catalogue
 * @param notes what the user should be told about how it came about
 */
public record Split(Catalogue catalogue, List<Part> parts, Rule rule, List<String> notes) {
  /** How the parts were decided. */
  public enum Rule {
    PATIENT,
    IMAGE,
    FILE,
    GIVEN
  }

  public Split {
    parts = List.copyOf(parts);
    notes = List.copyOf(notes);
    if (parts.size() != catalogue.size()) {
      throw new IllegalArgumentException(
          Text.format(
              "expected a part for each of %d scans, received %d", catalogue.size(), parts.size()));
    }
  }

  /** The same with one more note. */
  Split withNote(String note) {
    List<String> more = new ArrayList<>(notes);
    more.add(note);
    return new Split(catalogue, parts, rule, more);
  }

  /**
   * This split, if it can be trained with.
   *
   * @throws UserException when train or validation has no scan
   */
  public Split forTraining() {
    for (Part part : List.of(Part.TRAIN, Part.VALIDATION)) {
      if (!parts.contains(part)) {
        throw new UserException(
            Text.format(
                "the split has no scans in %s; expected some in train, by which it learns, and in validation, by which the best weights are chosen",
                part.csvName()));
      }
    }
    return this;
  }

  /** The same parts, said to have been decided otherwise. */
  public Split withRule(Rule other) {
    return new Split(catalogue, parts, other, notes);
  }

  /** The indices, in the catalogue, of the scans of a part. */
  public int[] indices(Part part) {
    return IntStream.range(0, parts.size()).filter(i -> parts.get(i) == part).toArray();
  }

  /** How many scans each class has in a part. */
  public int[] countByClass(Part part) {
    int[] counts = new int[catalogue.classes().size()];
    for (int i : indices(part)) {
      counts[catalogue.scans().get(i).label()]++;
    }
    return counts;
  }

  /** How many known patients a part has. */
  public int patients(Part part) {
    Set<String> patients = new HashSet<>();
    for (int i : indices(part)) {
      Scan scan = catalogue.scans().get(i);
      if (scan.hasPatient()) {
        patients.add(scan.patient());
      }
    }
    return patients.size();
  }
}
