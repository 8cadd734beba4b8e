package io.octnet.audit;

import io.octnet.audit.Findings.ExactDuplicate;
import io.octnet.audit.Findings.SharedPatient;
import io.octnet.audit.Shortcut.ClassTold;
import io.octnet.catalogue.Catalogue;
import io.octnet.text.Text;
import java.util.ArrayList;
import java.util.List;

/** What the catalogue alone tells of the data, in a line each: said before every training. */
public final class FastAudit {
  private static final double IMBALANCED = 3;

  private FastAudit() {}

  /** The line where all is well. */
  public static final String NOTHING = "nothing was found";

  /** The lines; one that says so where nothing was found. Left-out files are told elsewhere. */
  public static List<String> lines(Catalogue catalogue) {
    Findings findings = Findings.of(catalogue);
    List<String> lines = new ArrayList<>();
    List<ExactDuplicate> duplicates = findings.exactDuplicates();
    if (!duplicates.isEmpty()) {
      lines.add(
          Text.format(
              "%d groups of files of the same pixels, %d of them in different classes, e.g. %s",
              duplicates.size(),
              duplicates.stream().filter(ExactDuplicate::severalClasses).count(),
              AuditText.describe(duplicates.getFirst())));
    }
    List<SharedPatient> shared = findings.patientsInSeveralClasses();
    if (!shared.isEmpty()) {
      lines.add(
          Text.format(
              "%d patients in more than one class, e.g. %s",
              shared.size(), AuditText.describe(shared.getFirst())));
    }
    if (findings.imbalance() > IMBALANCED) {
      lines.add(
          Text.format(
              "the largest class has %.1f times the images of the smallest; see --class-weights",
              findings.imbalance()));
    }
    if (findings.sizes().size() > 1) {
      Shortcuts.bySize(catalogue).classes().stream()
          .filter(ClassTold::suspicious)
          .forEach(told -> lines.add(shortcut(told)));
    }
    return lines.isEmpty() ? List.of(NOTHING) : List.copyOf(lines);
  }

  private static String shortcut(ClassTold told) {
    return Text.format(
        "the size of the image alone tells %s from the rest in %.0f of 100 (chance: 50); a network may learn that",
        told.name(), 100 * told.balancedAccuracy());
  }
}
