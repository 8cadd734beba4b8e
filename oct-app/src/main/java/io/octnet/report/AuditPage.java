package io.octnet.report;

import io.octnet.audit.Audit;
import io.octnet.audit.Findings;
import io.octnet.audit.NearDuplicate;
import io.octnet.audit.Shortcut;
import io.octnet.catalogue.Catalogue;
import io.octnet.images.PixelCache;
import io.octnet.images.Png;
import io.octnet.layouts.LeftOut;
import io.octnet.split.Leaks;
import io.octnet.text.Text;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An audit as a page, near duplicates side by side; its markup is audit.jte. */
public final class AuditPage {
  static final List<String> CLASSES = List.of("", "images", "patients");
  private static final int MOST_PAIRS = 200;
  private static final String NONE = "None.";
  private static final String LEFT = "left";

  private final Audit audit;
  private final PixelCache thumbnails;
  private final DataAnalysis analysis;
  private final Map<String, Integer> places = new HashMap<>();

  private AuditPage(Audit audit, Catalogue catalogue, PixelCache thumbnails) {
    this.audit = audit;
    this.thumbnails = thumbnails;
    this.analysis = new DataAnalysis(catalogue, thumbnails);
    for (int i = 0; i < catalogue.size(); i++) {
      places.put(catalogue.scans().get(i).file(), i);
    }
  }

  /**
   * The text of the file.
   *
   * @param thumbnails of the catalogue's scans, in its order
   */
  public static String of(Audit audit, Catalogue catalogue, PixelCache thumbnails) {
    return Pages.render("audit", new AuditPage(audit, catalogue, thumbnails));
  }

  /** What must be mended, or known, before one trains, and where it stands. */
  record Trouble(String section, String text) {}

  /**
   * A table of findings.
   *
   * @param plainly what is meant, or null
   * @param none what stands there instead of no rows
   */
  record Section(
      String id,
      String title,
      String plainly,
      List<String> head,
      List<List<String>> rows,
      String css,
      String none) {}

  DataAnalysis analysis() {
    return analysis;
  }

  Findings findings() {
    return audit.findings();
  }

  String headline() {
    int count = troubles().size();
    return count == 0
        ? "Nothing was found"
        : count == 1
            ? "One thing to look at before training"
            : count + " things to look at before training";
  }

  String basis() {
    Findings f = findings();
    return Text.format(
        "%,d images of %,d known patients in %d classes.",
        f.images(), f.patients(), f.classes().size());
  }

  List<Trouble> troubles() {
    List<Trouble> troubles = new ArrayList<>();
    Findings f = findings();
    count(troubles, f.exactDuplicates().size(), "groups of exact duplicates", "exact");
    count(troubles, audit.nearDuplicates().size(), "pairs of near duplicates", "near");
    count(
        troubles, f.patientsInSeveralClasses().size(), "patients in more than one class", "shared");
    if (audit.leaks() != null) {
      count(troubles, audit.leaks().patients().size(), "patients in more than one part", "leaks");
      count(troubles, audit.leaks().duplicates().size(), "pictures in more than one part", "leaks");
    }
    count(troubles, f.damaged().size(), "damaged files", "damaged");
    count(troubles, audit.oddImages().size(), "images unlike the others", "odd");
    count(troubles, f.imagesWithoutPatient(), "images of unknown patients", "classes");
    audit.shortcuts().stream()
        .flatMap(shortcut -> told(shortcut).stream())
        .distinct()
        .map(name -> new Trouble("shortcuts", name + " told by size or border alone"))
        .forEach(troubles::add);
    return troubles;
  }

  private static void count(List<Trouble> troubles, int count, String what, String section) {
    if (count > 0) {
      troubles.add(new Trouble(section, Text.format("%,d %s", count, what)));
    }
  }

  List<List<String>> classes() {
    return findings().classes().stream()
        .map(c -> List.of(c.name(), String.valueOf(c.images()), String.valueOf(c.patients())))
        .toList();
  }

  List<NearDuplicate> pairs() {
    List<NearDuplicate> pairs = audit.nearDuplicates();
    return pairs.subList(0, Math.min(MOST_PAIRS, pairs.size()));
  }

  int pairsLeftOut() {
    return audit.nearDuplicates().size() - pairs().size();
  }

  /** A thumbnail, PNG in base 64. */
  String picture(String file) {
    byte[] png = Png.encode(thumbnails.raster(places.get(file)));
    return Base64.getEncoder().encodeToString(png);
  }

  String caption(NearDuplicate pair) {
    return Text.format("similarity %.2f", pair.similarity())
        + (pair.mirrored() ? ", mirrored" : "")
        + (pair.severalClasses() ? ", in different classes: one is wrong" : "");
  }

  List<Section> sections() {
    Findings f = findings();
    List<Section> sections = new ArrayList<>();
    sections.add(
        list(
            "exact",
            "Exact duplicates: the same pixels",
            f.exactDuplicates(),
            d ->
                List.of(
                    String.join(" = ", d.files()),
                    d.severalClasses() ? "in different classes: one is wrong" : "",
                    d.severalPatients() ? "under different patients" : "")));
    sections.add(
        list(
            "shared",
            "Patients in more than one class",
            f.patientsInSeveralClasses(),
            p -> List.of(p.patient(), counts(p.images()))));
    if (audit.leaks() != null) {
      sections.add(leaks(audit.leaks()));
    }
    sections.add(shortcuts());
    sections.add(list("damaged", "Damaged files, left out", f.damaged(), AuditPage::leftOut));
    sections.add(list("other", "Other files, left out", f.odd(), AuditPage::leftOut));
    sections.add(
        list(
            "odd",
            "Images unlike the others",
            audit.oddImages(),
            o -> List.of(o.file(), o.reason())));
    sections.add(sizes(f));
    return sections;
  }

  private static <T> Section list(
      String id, String title, List<T> items, Function<T, List<String>> row) {
    return new Section(id, title, null, List.of(), items.stream().map(row).toList(), LEFT, NONE);
  }

  private static List<String> leftOut(LeftOut file) {
    return List.of(file.file(), file.reason());
  }

  private static String counts(Map<String, Integer> images) {
    return images.entrySet().stream()
        .map(entry -> entry.getValue() + " " + entry.getKey())
        .collect(Collectors.joining(", "));
  }

  private static Section leaks(Leaks leaks) {
    List<List<String>> rows =
        Stream.concat(
                leaks.patients().stream().map(patient -> "patient " + patient),
                leaks.duplicates().stream().map(files -> String.join(" = ", files)))
            .map(List::of)
            .toList();
    return new Section(
        "leaks",
        "In more than one part of the split",
        null,
        List.of(),
        rows,
        LEFT,
        "No patient and no picture.");
  }

  private Section shortcuts() {
    List<List<String>> rows = new ArrayList<>();
    for (Shortcut s : audit.shortcuts()) {
      List<String> told = told(s);
      rows.add(
          List.of(
              s.features(),
              Text.format("%.1f %%", 100 * s.balancedAccuracy()),
              Text.format("%.1f %%", 100 * s.chance()),
              told.isEmpty() ? "none" : String.join(", ", told)));
    }
    return new Section(
        "shortcuts",
        "Classes told without the retina",
        "By a small tree that sees size and border alone, cross-validated by patient. What it can tell, a network may learn instead of the disease.",
        List.of("by", "right", "chance", "a shortcut to"),
        rows,
        null,
        NONE);
  }

  private static List<String> told(Shortcut shortcut) {
    return shortcut.classes().stream()
        .filter(Shortcut.ClassTold::suspicious)
        .map(Shortcut.ClassTold::name)
        .toList();
  }

  private static Section sizes(Findings f) {
    List<String> head = new ArrayList<>(List.of("pixels", "images"));
    f.classes().forEach(c -> head.add(c.name()));
    List<List<String>> rows = new ArrayList<>();
    for (Findings.SizeCount size : f.sizes()) {
      List<String> row = new ArrayList<>();
      row.add(size.width() + " x " + size.height());
      row.add(String.valueOf(size.images()));
      size.byClass().forEach(count -> row.add(String.valueOf(count)));
      rows.add(row);
    }
    return new Section("sizes", "Sizes", null, head, rows, null, NONE);
  }
}
