package io.octnet.split;

import io.octnet.catalogue.Catalogue;
import io.octnet.catalogue.Scan;
import io.octnet.text.Text;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What lies in more than one part of a split and so makes its scores too good.
 *
 * @param patients known patients in several parts, sorted
 * @param duplicates files of the same pixels in several parts, one list for each picture
 * @param known why any split of the data leaks; empty where it need not
 */
public record Leaks(List<String> patients, List<List<String>> duplicates, String known) {
  public Leaks {
    patients = List.copyOf(patients);
    duplicates = List.copyOf(duplicates);
  }

  /** What lies in several of the parts that the data give; empty where they give none. */
  public static Optional<Leaks> ofGiven(Catalogue catalogue) {
    return GivenSplit.asGiven(catalogue).map(Leaks::of);
  }

  /** Looks a split through. */
  public static Leaks of(Split split) {
    Map<String, List<Integer>> byPatient = group(split, Scan::patient);
    byPatient.remove("");
    return new Leaks(
        byPatient.entrySet().stream()
            .filter(entry -> partsOf(split, entry.getValue()).size() > 1)
            .map(Map.Entry::getKey)
            .toList(),
        group(split, Scan::pixelHash).values().stream()
            .filter(scans -> partsOf(split, scans).size() > 1)
            .map(scans -> scans.stream().map(i -> split.catalogue().files().get(i)).toList())
            .sorted((a, b) -> a.getFirst().compareTo(b.getFirst()))
            .toList(),
        split.catalogue().origin().leak());
  }

  /**
   * The split without copies on two sides: of files of the same pixels in several parts, those in
   * test stay, else those in validation. A note says how many were left out.
   */
  public static Split withoutDuplicates(Split split) {
    Map<String, Part> keepers = new HashMap<>();
    List<Scan> scans = split.catalogue().scans();
    for (int i = 0; i < scans.size(); i++) {
      keepers.merge(
          scans.get(i).pixelHash(),
          split.parts().get(i),
          (a, b) -> a.compareTo(b) > 0 ? a : b); // parts are ordered: train, validation, test
    }
    List<Scan> kept = new ArrayList<>();
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < scans.size(); i++) {
      if (split.parts().get(i) == keepers.get(scans.get(i).pixelHash())) {
        kept.add(scans.get(i));
        parts.add(split.parts().get(i));
      }
    }
    if (kept.size() == scans.size()) {
      return split;
    }
    List<String> notes = new ArrayList<>(split.notes());
    notes.add(
        Text.format(
            "%d images are left out: they lie, pixel for pixel, in test or validation, too",
            scans.size() - kept.size()));
    return new Split(split.catalogue().withScans(kept), parts, split.rule(), notes);
  }

  /** Whether results on this split must be stamped LEAKY. */
  public boolean leaky() {
    return !patients.isEmpty() || !duplicates.isEmpty() || !known.isEmpty();
  }

  /** One line for each kind of leak; none when there is none. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    if (!known.isEmpty()) {
      lines.add(known);
    }
    if (!patients.isEmpty()) {
      lines.add(Text.format("%d patients have images in more than one part", patients.size()));
    }
    if (!duplicates.isEmpty()) {
      lines.add(
          Text.format(
              "%d pictures lie, pixel for pixel, in more than one part, e.g. %s",
              duplicates.size(), String.join(" = ", duplicates.getFirst())));
    }
    return lines;
  }

  private static Map<String, List<Integer>> group(Split split, Function<Scan, String> key) {
    Map<String, List<Integer>> groups = new TreeMap<>();
    List<Scan> scans = split.catalogue().scans();
    for (int i = 0; i < scans.size(); i++) {
      groups.computeIfAbsent(key.apply(scans.get(i)), k -> new ArrayList<>()).add(i);
    }
    return groups;
  }

  private static Set<Part> partsOf(Split split, List<Integer> scans) {
    Set<Part> parts = EnumSet.noneOf(Part.class);
    scans.forEach(i -> parts.add(split.parts().get(i)));
    return parts;
  }
}
