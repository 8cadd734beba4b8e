package io.octnet.report;

import io.octnet.report.Chart.Series;
import io.octnet.text.Text;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
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
  private final double[] xs;
  private final double[] ys;

  SvgChart(Chart chart) {
    this.chart = chart;
    this.xs = range(chart, true);
    this.ys = range(chart, false);
  }

  /** A number on an axis. */
  record Tick(String label, String x, String y, String line) {}

  /** A point that is marked. */
  record Dot(String x, String y, String radius) {}

  /** A curve, or a point of its own. */
  record Curve(
      String name,
      boolean isPoint,
      String line,
      String fill,
      String dash,
      String path,
      List<Dot> dots) {}

  Chart chart() {
    return chart;
  }

  String viewBox() {
    return "0 0 " + WIDTH + " " + HEIGHT;
  }

  int middle() {
    return (LEFT + WIDTH - RIGHT) / 2;
  }

  int bottom() {
    return HEIGHT - 8;
  }

  String turned() {
    return "translate(12 " + (TOP + HEIGHT - BOTTOM) / 2 + ") rotate(-90)";
  }

  List<Tick> yTicks() {
    return DoubleStream.of(ticks(ys))
        .mapToObj(
            y ->
                new Tick(
                    tick(y),
                    String.valueOf(LEFT - 6),
                    tenth(py(y) + 4),
                    "M" + LEFT + " " + tenth(py(y)) + "H" + (WIDTH - RIGHT)))
        .toList();
  }

  List<Tick> xTicks() {
    return DoubleStream.of(ticks(xs))
        .filter(x -> chart.unit() || x == Math.rint(x)) // there are no half epochs
        .mapToObj(x -> new Tick(tick(x), tenth(px(x)), String.valueOf(HEIGHT - BOTTOM + 16), ""))
        .toList();
  }

  List<Curve> curves() {
    return IntStream.range(0, chart.series().size())
        .mapToObj(i -> curve(chart.series().get(i), i))
        .toList();
  }

  private Curve curve(Series series, int i) {
    StringBuilder path = new StringBuilder();
    List<Dot> dots = new ArrayList<>();
    for (int k = 0; k < series.x().length; k++) {
      String x = tenth(px(series.x()[k]));
      String y = tenth(py(series.y()[k]));
      path.append(k == 0 ? 'M' : 'L').append(x).append(' ').append(y);
      if (series.x().length <= MOST_DOTS) {
        dots.add(new Dot(x, y, series.isPoint() ? "6" : "2.5"));
      }
    }
    String dash = series.dashed() && i % 6 == 0 ? "4 4" : DASHES[i % 6];
    return new Curve(
        series.name(), series.isPoint(), "s" + i % 6, "d" + i % 6, dash, path.toString(), dots);
  }

  private static String tenth(double value) {
    return Text.format("%.1f", value);
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

  private double px(double x) {
    return LEFT + (x - xs[0]) / (xs[1] - xs[0]) * (WIDTH - LEFT - RIGHT);
  }

  private double py(double y) {
    return HEIGHT - BOTTOM - (y - ys[0]) / (ys[1] - ys[0]) * (HEIGHT - TOP - BOTTOM);
  }
}
