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
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/** An audit as one HTML file that needs nothing else; near duplicates are shown side by side. */
public final class AuditPage {
  private static final int MOST_PAIRS = 200;

  private final Audit audit;
  private final PixelCache thumbnails;
  private final Map<String, Integer> places = new HashMap<>();
  private final Html html = new Html();

  private AuditPage(Audit audit, Catalogue catalogue, PixelCache thumbnails) {
    this.audit = audit;
    this.thumbnails = thumbnails;
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
    AuditPage page = new AuditPage(audit, catalogue, thumbnails);
    Findings f = audit.findings();
    Page.head(page.html, "Audit of " + f.folder(), List.of());
    page.verdict();
    page.classes(f);
    page.pairs();
    page.exactDuplicates(f);
    page.list(
        "shared",
        "Patients in more than one class",
        f.patientsInSeveralClasses(),
        (row, p) -> row.row(p.patient(), counts(p.images())));
    page.leaks(audit.leaks());
    page.shortcuts();
    page.list("damaged", "Damaged files, left out", f.damaged(), AuditPage::leftOut);
    page.list("other", "Other files, left out", f.odd(), AuditPage::leftOut);
    page.list(
        "odd",
        "Images unlike the others",
        audit.oddImages(),
        (row, o) -> row.row(o.file(), o.reason()));
    page.sizes(f);
    return page.html.add("</main>\n</body>\n</html>\n").toString();
  }

  private static String counts(Map<String, Integer> images) {
    return images.entrySet().stream()
        .map(entry -> entry.getValue() + " " + entry.getKey())
        .collect(Collectors.joining(", "));
  }

  private static void leftOut(Html row, LeftOut file) {
    row.row(file.file(), file.reason());
  }

  /** What must be mended, or known, before one trains. */
  private void verdict() {
    List<Html> troubles = new ArrayList<>();
    Findings f = audit.findings();
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
        .forEach(name -> trouble(troubles, name + " told by size or border alone", "shortcuts"));
    html.add("<header>\n<p class=\"soft\">Audit of %s</p>\n", f.folder());
    html.add(
            "<h1>%s</h1>\n",
            troubles.isEmpty()
                ? "Nothing was found"
                : troubles.size() == 1
                    ? "One thing to look at before training"
                    : troubles.size() + " things to look at before training")
        .add(
            "<p class=\"basis\">%,d images of %,d known patients in %d classes.</p>\n<ul>\n",
            f.images(), f.patients(), f.classes().size());
    troubles.forEach(html::add);
    html.add("</ul>\n</header>\n");
  }

  private static void trouble(List<Html> troubles, String text, String section) {
    troubles.add(new Html().add("<li><a href=\"#%s\">%s</a></li>\n", section, text));
  }

  private static void count(List<Html> troubles, int count, String what, String section) {
    if (count > 0) {
      trouble(troubles, Text.format("%,d %s", count, what), section);
    }
  }

  private void classes(Findings f) {
    html.add("<h2 id=\"classes\">Classes</h2>\n<div class=\"scroll\"><table>\n")
        .head("", "images", "patients");
    f.classes().forEach(c -> html.row(c.name(), c.images(), c.patients()));
    html.add("</table></div>\n");
  }

  private void pairs() {
    List<NearDuplicate> pairs = audit.nearDuplicates();
    html.add(
        "<h2 id=\"near\">Near duplicates</h2>\n<p>The same scan, changed: compressed again, cropped, brightened, scaled or mirrored. Their speckle agrees, which that of two scans does not.</p>\n");
    if (pairs.isEmpty()) {
      html.add("<p>None.</p>\n");
      return;
    }
    html.add("<div class=\"scans\">\n");
    for (NearDuplicate pair : pairs.subList(0, Math.min(MOST_PAIRS, pairs.size()))) {
      html.add("<figure>");
      picture(pair.first());
      picture(pair.second());
      html.add(
          "<figcaption>%s<br>%s<br>similarity %.2f%s%s</figcaption></figure>\n",
          pair.first(),
          pair.second(),
          pair.similarity(),
          pair.mirrored() ? ", mirrored" : "",
          pair.severalClasses() ? ", in different classes: one is wrong" : "");
    }
    html.add("</div>\n");
    if (pairs.size() > MOST_PAIRS) {
      html.add("<p>And %,d more; audit --json lists them all.</p>\n", pairs.size() - MOST_PAIRS);
    }
  }

  private void picture(String file) {
    byte[] png = Png.encode(thumbnails.raster(places.get(file)));
    html.add("<img loading=\"lazy\" alt=\"%s\" src=\"data:image/png;base64,", file)
        .add(Base64.getEncoder().encodeToString(png))
        .add("\">");
  }

  private void exactDuplicates(Findings f) {
    list(
        "exact",
        "Exact duplicates: the same pixels",
        f.exactDuplicates(),
        (row, d) ->
            row.row(
                String.join(" = ", d.files()),
                d.severalClasses() ? "in different classes: one is wrong" : "",
                d.severalPatients() ? "under different patients" : ""));
  }

  private void shortcuts() {
    html.add(
            "<h2 id=\"shortcuts\">Classes told without the retina</h2>\n<p>By a small tree that sees size and border alone, cross-validated by patient. What it can tell, a network may learn instead of the disease.</p>\n<div class=\"scroll\"><table>\n")
        .head("by", "right", "chance", "a shortcut to");
    for (Shortcut s : audit.shortcuts()) {
      List<String> told = told(s);
      html.row(
          s.features(),
          Text.format("%.1f %%", 100 * s.balancedAccuracy()),
          Text.format("%.1f %%", 100 * s.chance()),
          told.isEmpty() ? "none" : String.join(", ", told));
    }
    html.add("</table></div>\n");
  }

  private static List<String> told(Shortcut shortcut) {
    return shortcut.classes().stream()
        .filter(Shortcut.ClassTold::suspicious)
        .map(Shortcut.ClassTold::name)
        .toList();
  }

  private void leaks(Leaks leaks) {
    if (leaks == null) {
      return;
    }
    html.add("<h2 id=\"leaks\">In more than one part of the split</h2>\n");
    if (!leaks.leaky()) {
      html.add("<p>No patient and no picture.</p>\n");
      return;
    }
    html.add("<div class=\"scroll\"><table class=\"left\">\n");
    leaks.patients().forEach(patient -> html.row("patient " + patient));
    leaks.duplicates().forEach(files -> html.row(String.join(" = ", files)));
    html.add("</table></div>\n");
  }

  private void sizes(Findings f) {
    html.add(
        "<h2>Sizes</h2>\n<div class=\"scroll\"><table>\n<tr><th scope=\"col\">pixels</th><th scope=\"col\">images</th>");
    f.classes().forEach(c -> html.add("<th scope=\"col\">%s</th>", c.name()));
    html.add("</tr>\n");
    for (Findings.SizeCount size : f.sizes()) {
      List<Object> cells = new ArrayList<>(List.of(size.images()));
      cells.addAll(size.byClass());
      html.row(size.width() + " x " + size.height(), cells.toArray());
    }
    html.add("</table></div>\n");
  }

  private <T> void list(String id, String title, List<T> items, BiConsumer<Html, T> row) {
    html.add("<h2 id=\"%s\">%s</h2>\n", id, title);
    if (items.isEmpty()) {
      html.add("<p>None.</p>\n");
      return;
    }
    html.add("<div class=\"scroll\"><table class=\"left\">\n");
    items.forEach(item -> row.accept(html, item));
    html.add("</table></div>\n");
  }
}
