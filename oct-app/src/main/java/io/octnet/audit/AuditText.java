package io.octnet.audit;

import io.octnet.audit.Findings.ClassCount;
import io.octnet.audit.Findings.ExactDuplicate;
import io.octnet.audit.Findings.SharedPatient;
import io.octnet.audit.Findings.SizeCount;
import io.octnet.audit.Shortcut.ClassTold;
import io.octnet.layouts.LeftOut;
import io.octnet.text.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/** An audit as text for a terminal: what was found, and what it means. */
public final class AuditText {
  private static final double IMBALANCED = 3;
  private static final int SIZES_SHOWN = 8;

  private final List<String> lines = new ArrayList<>();
  private final int shown;

  private AuditText(int shown) {
    this.shown = shown;
  }

  /** The whole audit, every finding listed. */
  public static String of(Audit audit) {
    AuditText text = new AuditText(Integer.MAX_VALUE);
    text.findings(audit.findings());
    text.list("odd images", audit.oddImages(), odd -> odd.file() + ": " + odd.reason());
    text.nearDuplicates(audit.nearDuplicates());
    if (audit.leaks() != null) {
      text.list("patients in more than one part of the split", audit.leaks().patients(), p -> p);
      text.list(
          "pictures in more than one part of the split",
          audit.leaks().duplicates(),
          files -> String.join(" = ", files));
    }
    text.shortcuts(audit);
    return String.join("\n", text.lines) + "\n";
  }

  /** The fast part, as training shows it: at most {@code shown} examples of each finding. */
  public static String of(Findings findings, int shown) {
    AuditText text = new AuditText(shown);
    text.findings(findings);
    return String.join("\n", text.lines) + "\n";
  }

  private void findings(Findings f) {
    line("%d images in %d classes in %s", f.images(), f.classes().size(), f.folder());
    lines.addAll(f.data());
    for (ClassCount c : f.classes()) {
      line("  %-12s %6d images  %5d patients", c.name(), c.images(), c.patients());
    }
    if (f.imbalance() > IMBALANCED) {
      line("  the largest class has %.1f times the images of the smallest", f.imbalance());
    }
    if (f.imagesWithoutPatient() > 0) {
      line(
          "%d images have no known patient: a split cannot keep patients apart (--patient-regex)",
          f.imagesWithoutPatient());
    }
    leftOut("damaged files, left out", f.damaged());
    leftOut("other files, left out", f.odd());
    list("groups of exact duplicates (the same pixels)", f.exactDuplicates(), AuditText::describe);
    list("patients in more than one class", f.patientsInSeveralClasses(), AuditText::describe);
    sizes(f);
  }

  private void leftOut(String what, List<LeftOut> files) {
    list(what, files, l -> l.file() + ": " + l.reason());
  }

  static String describe(ExactDuplicate duplicate) {
    return String.join(" = ", duplicate.files())
        + (duplicate.severalClasses() ? "  [in different classes: one is wrong]" : "")
        + (duplicate.severalPatients() ? "  [under different patients]" : "");
  }

  static String describe(SharedPatient shared) {
    return shared.patient()
        + ": "
        + shared.images().entrySet().stream()
            .map(entry -> entry.getValue() + " " + entry.getKey())
            .collect(Collectors.joining(", "));
  }

  private void sizes(Findings f) {
    line("sizes (images of each class: %s)", names(f));
    for (SizeCount size : f.sizes().subList(0, Math.min(SIZES_SHOWN, f.sizes().size()))) {
      line("  %5d x %-5d %6d  %s", size.width(), size.height(), size.images(), size.byClass());
    }
    if (f.sizes().size() > SIZES_SHOWN) {
      line("  and %d more sizes", f.sizes().size() - SIZES_SHOWN);
    }
  }

  private static String names(Findings f) {
    return f.classes().stream().map(ClassCount::name).collect(Collectors.joining(", "));
  }

  private void nearDuplicates(List<NearDuplicate> pairs) {
    list(
        "near duplicates (the same scan, changed)",
        pairs,
        p ->
            Text.format(
                "%s ~ %s  similarity %.2f%s%s",
                p.first(),
                p.second(),
                p.similarity(),
                p.mirrored() ? ", mirrored" : "",
                p.severalClasses() ? "  [in different classes: one is wrong]" : ""));
  }

  private void shortcuts(Audit audit) {
    line("classes told without the retina, cross-validated by patient");
    for (Shortcut s : audit.shortcuts()) {
      line(
          "  by %-16s %5.1f %% right, chance %.1f %%",
          s.features(), 100 * s.balancedAccuracy(), 100 * s.chance());
      for (ClassTold c : s.classes()) {
        if (c.suspicious()) {
          line(
              "    A SHORTCUT: %s against the rest %.1f %%, chance 50 %%",
              c.name(), 100 * c.balancedAccuracy());
        }
      }
    }
  }

  private <T> void list(String what, List<T> items, Function<T, String> text) {
    line("%s: %s", what, items.isEmpty() ? "none" : items.size());
    items.stream().limit(shown).forEach(item -> line("  %s", text.apply(item)));
    if (items.size() > shown) {
      line("  and %d more", items.size() - shown);
    }
  }

  /**
   * File names are the user's, or an attacker's: they neither command the terminal nor forge a
   * line.
   */
  private void line(String format, Object... values) {
    lines.add(Text.visible(String.format(Locale.ROOT, format, values)));
  }
}
