package io.octnet.report;

import io.octnet.evaluation.Prediction;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The scans behind each cell of the matrices, the most confident first; they appear when a cell is
 * chosen, by the page's style alone. Few of what is right, more of what is wrong.
 */
final class Galleries {
  private static final int MOST_RIGHT = 4;
  private static final int MOST_WRONG = 12;

  private final List<String> classes;
  private final List<Prediction> images;
  private final Thumbnails thumbnails;

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
    cell.sort(
        Comparator.comparingDouble((Prediction p) -> -p.probabilities()[predicted])
            .thenComparing(Prediction::file));
    return cell;
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
        "<p>%d scans, the %d it is surest of. <a href=\"#matrices\">Close</a></p>\n<div class=\"scans\">\n",
        cell.size(), shown);
    for (Prediction p : cell.subList(0, shown)) {
      html.add(figure(p, predicted));
    }
    return html.add("</div>\n</section>\n");
  }

  private Html figure(Prediction p, int predicted) {
    Html html = new Html().add("<figure>");
    Optional<Thumbnails.Pair> pictures = thumbnails.of(p.file(), predicted);
    if (pictures.isPresent()) {
      picture(html, pictures.get().scan(), "scan " + p.file());
      picture(html, pictures.get().heat(), "where it saw " + classes.get(predicted));
    } else {
      html.add("<p class=\"soft\">no picture</p>");
    }
    String said =
        String.format(Locale.ROOT, "%s %.2f", classes.get(predicted), p.probabilities()[predicted]);
    return html.add("<figcaption>%s<br>%s</figcaption></figure>\n", p.file(), said);
  }

  private static void picture(Html html, byte[] jpeg, String alt) {
    html.add("<img loading=\"lazy\" alt=\"%s\" src=\"data:image/jpeg;base64,", alt);
    html.add(Base64.getEncoder().encodeToString(jpeg)).add("\">");
  }
}
