package io.octnet.report;

import io.octnet.report.Chart.Series;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.stream.LongStream;

/**
 * A chart as SVG within a page: colours come from the page's style, so it follows light and dark.
 */
final class SvgChart {
  private static final int WIDTH = 480;
  private static final int HEIGHT = 320;
  private static final int LEFT = 56;
  private static final int RIGHT = 12;
  private static final int TOP = 12;
  private static final int BOTTOM = 44;
  private static final int TICKS = 5;
  private static final int MOST_DOTS = 40;
  private static final String[] DASHES = {"", "7 4", "2 3", "10 3 2 3", "5 2", "1 4"};

  private final Chart chart;
  private final Html svg = new Html();
  private final double[] xs;
  private final double[] ys;

  private SvgChart(Chart chart) {
    this.chart = chart;
    this.xs = range(chart, true);
    this.ys = range(chart, false);
  }

  /** A figure with its title and legend. */
  static Html of(Chart chart) {
    SvgChart drawing = new SvgChart(chart);
    drawing.draw();
    return drawing.svg;
  }

  /** Lowest and highest value, the highest a little above all. */
  private static double[] range(Chart chart, boolean x) {
    if (chart.unit()) {
      return new double[] {0, 1};
    }
    double low = x ? 1 : 0;
    double high = x ? 2 : 0;
    for (Series series : chart.series()) {
      for (double value : x ? series.x() : series.y()) {
        high = Math.max(high, value);
      }
    }
    return new double[] {low, x || high == 0 ? Math.max(high, low + 1) : high * 1.05};
  }

  private void draw() {
    svg.add(
        "<figure id=\"%s\">\n<figcaption class=\"title\">%s</figcaption>\n",
        chart.id(), chart.title());
    svg.add(
        "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">\n",
        WIDTH, HEIGHT, chart.title());
    axes();
    for (int i = 0; i < chart.series().size(); i++) {
      curve(chart.series().get(i), i);
    }
    svg.add("</svg>\n<ul class=\"legend\">");
    for (int i = 0; i < chart.series().size(); i++) {
      svg.add("<li><svg viewBox=\"0 0 40 8\">");
      if (chart.series().get(i).isPoint()) {
        svg.add("<circle class=\"d%d\" r=\"4\" cx=\"20\" cy=\"4\"/>", i % 6);
      } else {
        svg.add("<path class=\"s%d\" stroke-dasharray=\"%s\" d=\"M0 4H40\"/>", i % 6, dash(i));
      }
      svg.add("</svg>%s</li>", chart.series().get(i).name());
    }
    svg.add("</ul>\n</figure>\n");
  }

  private String dash(int i) {
    return chart.series().get(i).dashed() && i % 6 == 0 ? "4 4" : DASHES[i % 6];
  }

  private void axes() {
    for (double y : ticks(ys)) {
      svg.add("<path class=\"grid\" d=\"M%d %.1fH%d\"/>", LEFT, py(y), WIDTH - RIGHT);
      svg.add(
          "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>\n",
          LEFT - 6, py(y) + 4, tick(y));
    }
    for (double x : ticks(xs)) {
      if (chart.unit() || x == Math.rint(x)) { // there are no half epochs
        svg.add(
            "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>\n",
            px(x), HEIGHT - BOTTOM + 16, tick(x));
      }
    }
    svg.add(
        "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">%s</text>\n",
        (LEFT + WIDTH - RIGHT) / 2, HEIGHT - 8, chart.xAxis());
    svg.add(
        "<text transform=\"translate(12 %d) rotate(-90)\" text-anchor=\"middle\">%s</text>\n",
        (TOP + HEIGHT - BOTTOM) / 2, chart.yAxis());
  }

  /** Multiples of 1, 2 or 5 times a power of ten, about five of them. */
  private static double[] ticks(double[] range) {
    double rough = (range[1] - range[0]) / TICKS;
    double power = Math.pow(10, Math.floor(Math.log10(rough)));
    double step =
        power * (rough / power < 1.5 ? 1 : rough / power < 3.5 ? 2 : rough / power < 7.5 ? 5 : 10);
    long first = (long) Math.ceil(range[0] / step - 1e-9);
    long last = (long) Math.floor(range[1] / step + 1e-9);
    return LongStream.rangeClosed(first, last).mapToDouble(i -> i * step).toArray();
  }

  private static String tick(double value) {
    return BigDecimal.valueOf(value).round(new MathContext(3)).stripTrailingZeros().toPlainString();
  }

  private void curve(Series series, int i) {
    Html path = new Html();
    for (int k = 0; k < series.x().length; k++) {
      path.add(k == 0 ? "M%.1f %.1f" : "L%.1f %.1f", px(series.x()[k]), py(series.y()[k]));
    }
    svg.add(
        "<path class=\"s%d\" stroke-dasharray=\"%s\" d=\"%s\"/>\n",
        i % 6, dash(i), path.toString());
    if (series.x().length <= MOST_DOTS) {
      double radius = series.isPoint() ? 6 : 2.5;
      for (int k = 0; k < series.x().length; k++) {
        svg.add(
            "<circle class=\"d%d\" r=\"%.1f\" cx=\"%.1f\" cy=\"%.1f\"/>",
            i % 6, radius, px(series.x()[k]), py(series.y()[k]));
      }
      svg.add("\n");
    }
  }

  private double px(double x) {
    return LEFT + (x - xs[0]) / (xs[1] - xs[0]) * (WIDTH - LEFT - RIGHT);
  }

  private double py(double y) {
    return HEIGHT - BOTTOM - (y - ys[0]) / (ys[1] - ys[0]) * (HEIGHT - TOP - BOTTOM);
  }
}
