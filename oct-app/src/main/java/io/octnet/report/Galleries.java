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

  /** A scan, and what was said of it; without pictures where it cannot be read any more. */
  record Figure(
      String file,
      String label,
      String said,
      boolean right,
      String sure,
      String scan,
      String heat) {}

  /** The scans of a cell. */
  record Gallery(String id, String title, String shown, List<Figure> figures) {}

  /** All cells that have scans. */
  List<Gallery> cells() {
    List<Gallery> galleries = new ArrayList<>();
    for (int r = 0; r < classes.size(); r++) {
      for (int c = 0; c < classes.size(); c++) {
        List<Prediction> cell = cell(r, c);
        if (!cell.isEmpty()) {
          galleries.add(gallery(r, c, cell));
        }
      }
    }
    return galleries;
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
  List<Figure> worst() {
    List<Prediction> wrong = new ArrayList<>(images);
    wrong.removeIf(p -> p.label() == p.predicted());
    wrong.sort(SUREST_FIRST);
    return wrong.stream().limit(WORST).map(this::figure).toList();
  }

  private Gallery gallery(int label, int predicted, List<Prediction> cell) {
    int shown = Math.min(cell.size(), label == predicted ? MOST_RIGHT : MOST_WRONG);
    String title =
        classes.get(label)
            + (label == predicted ? ", rightly" : ", taken for " + classes.get(predicted));
    String which =
        shown < cell.size()
            ? Text.format("The %d of %d scans that it is surest of.", shown, cell.size())
            : shown == 1 ? "One scan." : Text.format("All %d scans, the surest first.", shown);
    return new Gallery(
        id(label, predicted), title, which, cell.stream().limit(shown).map(this::figure).toList());
  }

  private Figure figure(Prediction p) {
    Optional<Thumbnails.Pair> pictures =
        drawn.computeIfAbsent(p.file(), file -> thumbnails.of(file, p.predicted()));
    return new Figure(
        p.file(),
        classes.get(p.label()),
        classes.get(p.predicted()),
        p.label() == p.predicted(),
        Text.format("%.2f", p.probabilities()[p.predicted()]),
        pictures.map(pair -> base64(pair.scan())).orElse(null),
        pictures.map(pair -> base64(pair.heat())).orElse(null));
  }

  private static String base64(byte[] jpeg) {
    return Base64.getEncoder().encodeToString(jpeg);
  }
}
