package io.octnet.report;

import io.octnet.evaluation.Prediction;
import io.octnet.text.Text;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The scans behind each cell of the matrices, the most confident first; they appear when a cell is
 * chosen, by the page's style alone. Few of what is right, more of what is wrong; and the worst
 * mistakes, for all to see.
 */
final class Galleries {
  private static final int MOST_RIGHT = 4;
  private static final int MOST_WRONG = 12;
  private static final int WORST = 6;

  private static final Comparator<Prediction> SUREST_FIRST =
      Comparator.comparingDouble((Prediction p) -> -p.probabilities()[p.predicted()])
          .thenComparing(Prediction::file);

  private final List<String> classes;
  private final List<Prediction> images;
  private final Thumbnails thumbnails;
  private final Map<String, Optional<Thumbnails.Pair>> drawn = new HashMap<>();

  Galleries(List<String> classes, List<Prediction> images, Thumbnails thumbnails) {
    this.classes = classes;
    this.images = images;
    this.thumbnails = thumbnails;
  }

  static String id(int label, int predicted) {
    return "cell-" + label + "-" + predicted;
  }

  /** All cells that have scans. */
  Html html() {
    Html html = new Html();
    for (int r = 0; r < classes.size(); r++) {
      for (int c = 0; c < classes.size(); c++) {
        List<Prediction> cell = cell(r, c);
        if (!cell.isEmpty()) {
          html.add(gallery(r, c, cell));
        }
      }
    }
    return html;
  }

  private List<Prediction> cell(int label, int predicted) {
    List<Prediction> cell = new ArrayList<>();
    for (Prediction p : images) {
      if (p.label() == label && p.predicted() == predicted) {
        cell.add(p);
      }
    }
    cell.sort(SUREST_FIRST);
    return cell;
  }

  /** The mistakes of all cells that it was surest of; empty when there are none. */
  Html worst() {
    Html html = new Html();
    List<Prediction> wrong = new ArrayList<>(images);
    wrong.removeIf(p -> p.label() == p.predicted());
    if (wrong.isEmpty()) {
      return html;
    }
    wrong.sort(SUREST_FIRST);
    html.add("<h3>The mistakes it was surest of</h3>\n<div class=\"scans\">\n");
    wrong.stream().limit(WORST).forEach(p -> html.add(figure(p, p.predicted())));
    return html.add("</div>\n");
  }

  private Html gallery(int label, int predicted, List<Prediction> cell) {
    int shown = Math.min(cell.size(), label == predicted ? MOST_RIGHT : MOST_WRONG);
    Html html = new Html();
    html.add("<section class=\"gallery\" id=\"%s\">\n", id(label, predicted));
    html.add(
        label == predicted ? "<h3>%s, rightly</h3>\n" : "<h3>%s, taken for %s</h3>\n",
        classes.get(label),
        classes.get(predicted));
    html.add(
        "<p>%s <a href=\"#matrices\">Close</a></p>\n<div class=\"scans\">\n",
        shown < cell.size()
            ? Text.format("The %d of %d scans that it is surest of.", shown, cell.size())
            : shown == 1 ? "One scan." : Text.format("All %d scans, the surest first.", shown));
    for (Prediction p : cell.subList(0, shown)) {
      html.add(figure(p, predicted));
    }
    return html.add("</div>\n</section>\n");
  }

  private Html figure(Prediction p, int predicted) {
    Html html = new Html().add("<figure>");
    Optional<Thumbnails.Pair> pictures =
        drawn.computeIfAbsent(p.file(), file -> thumbnails.of(file, predicted));
    if (pictures.isPresent()) {
      picture(html, pictures.get().scan(), "scan " + p.file());
      picture(html, pictures.get().heat(), "where it saw " + classes.get(predicted));
    } else {
      html.add("<p class=\"soft\">no picture</p>");
    }
    String said = classes.get(predicted);
    String sure = Text.format("%.2f", p.probabilities()[predicted]);
    return html.add(
        p.label() == predicted
            ? "<figcaption><b>%1$s</b>, it said so with %3$s<br>%4$s</figcaption></figure>\n"
            : "<figcaption><b>%1$s</b>, it said <b>%2$s</b> with %3$s<br>%4$s</figcaption></figure>\n",
        classes.get(p.label()),
        said,
        sure,
        p.file());
  }

  private static void picture(Html html, byte[] jpeg, String alt) {
    html.add("<img loading=\"lazy\" alt=\"%s\" src=\"data:image/jpeg;base64,", alt);
    html.add(Base64.getEncoder().encodeToString(jpeg)).add("\">");
  }
}
