package io.octnet.report;

import java.util.List;

/**
 * Curves over two axes, to be drawn on the page and as a picture.
 *
 * @param id its name in files and links
 * @param title the field's term
 * @param plainly what it shows, for those who do not know the term
 * @param unit whether both axes go from 0 to 1
 */
public record Chart(
    String id,
    String title,
    String plainly,
    String xAxis,
    String yAxis,
    boolean unit,
    List<Series> series) {

  /**
   * A curve, or a point of its own.
   *
   * @param dashed told from the others without colours
   */
  public record Series(String name, double[] x, double[] y, boolean dashed) {
    /** Whether it is a single point, to be marked large. */
    boolean isPoint() {
      return x.length == 1;
    }
  }

  /** Whether a point is marked on it. */
  boolean hasPoint() {
    return series.stream().anyMatch(Series::isPoint);
  }
}
