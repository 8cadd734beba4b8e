package io.octnet.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.HeatMapChart;
import org.knowm.xchart.HeatMapChartBuilder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.internal.chartpart.IChart;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The curves and matrices of the page as PNG files, for slides. */
final class Plots {
  private static final int WIDTH = 800;
  private static final int HEIGHT = 560;
  private static final Color[] COLOURS = {
    new Color(0x1f5f9e),
    new Color(0xb8430f),
    new Color(0x1d7a4c),
    new Color(0x7a3e9d),
    new Color(0x6b6f76),
    new Color(0x8a6d00)
  };
  private static final float[][] DASHES = {null, {9, 5}, {3, 4}, {12, 4, 3, 4}, {6, 3}, {2, 6}};

  private Plots() {}

  /** Draws a word, which fails where the machine has no fonts. */
  static void tryFonts() {
    BufferedImage image = new BufferedImage(32, 16, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    try {
      graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
      graphics.drawString("x", 1, 12);
    } finally {
      graphics.dispose();
    }
  }

  /** File names without their folder, and their bytes. */
  static Map<String, byte[]> of(RunResult result) {
    String stamps = String.join(", ", Verdict.of(result).stamps());
    String suffix = stamps.isEmpty() ? "" : "   [" + stamps + "]";
    Map<String, byte[]> plots = new LinkedHashMap<>();
    for (Chart chart : Charts.of(result)) {
      plots.put(chart.id() + ".png", png(curves(chart, suffix)));
    }
    for (Matrix matrix : Matrix.of(result.judged().confusion())) {
      plots.put(matrix.id() + ".png", png(heatMap(matrix, result.classes(), suffix)));
    }
    return plots;
  }

  private static XYChart curves(Chart chart, String suffix) {
    XYChart plot =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(chart.title() + suffix)
            .xAxisTitle(chart.xAxis())
            .yAxisTitle(chart.yAxis())
            .build();
    plain(plot.getStyler());
    plot.getStyler().setLegendPosition(LegendPosition.OutsideE);
    plot.getStyler().setMarkerSize(chart.hasPoint() ? 12 : 4);
    plot.getStyler().setYAxisMin(0.0);
    if (chart.unit()) {
      plot.getStyler().setXAxisMin(0.0).setXAxisMax(1.0).setYAxisMax(1.0);
      plot.getStyler().setXAxisTickMarkSpacingHint(90).setYAxisTickMarkSpacingHint(90);
      roundTicks(plot);
    }
    for (int i = 0; i < chart.series().size(); i++) {
      Chart.Series series = chart.series().get(i);
      if (series.x().length > 0) {
        var line = plot.addSeries(series.name(), series.x(), series.y());
        line.setLineColor(COLOURS[i % COLOURS.length]);
        line.setMarkerColor(COLOURS[i % COLOURS.length]);
        line.setLineStyle(stroke(i, series.dashed()));
        line.setMarker(
            series.isPoint() || !chart.hasPoint() ? SeriesMarkers.CIRCLE : SeriesMarkers.NONE);
      }
    }
    return plot;
  }

  /**
   * XChart puts ticks where equally spaced data lie, at 0.0889 for shares of 45 scans. A point
   * between them, which is not drawn, brings the round numbers back.
   */
  private static void roundTicks(XYChart plot) {
    double between = 0.61803;
    plot.addSeries("ticks", new double[] {between}, new double[] {between})
        .setMarker(SeriesMarkers.NONE)
        .setShowInLegend(false);
  }

  private static BasicStroke stroke(int i, boolean dashed) {
    float[] dash =
        dashed && i % DASHES.length == 0 ? new float[] {5, 5} : DASHES[i % DASHES.length];
    return new BasicStroke(2, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, dash, 0);
  }

  /** XChart's rows go upwards; the first class stands on top here. */
  private static HeatMapChart heatMap(Matrix matrix, List<String> classes, String suffix) {
    HeatMapChart plot =
        new HeatMapChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(matrix.title() + suffix)
            .xAxisTitle("predicted")
            .yAxisTitle("true")
            .build();
    plain(plot.getStyler());
    plot.getStyler().setRangeColors(new Color[] {new Color(0xf4f6f9), new Color(0x4d8fce)});
    plot.getStyler().setShowValue(true).setLegendPosition(LegendPosition.OutsideE);
    boolean counts = matrix.id().equals("confusion");
    plot.getStyler().setHeatMapValueDecimalPattern(counts ? "0" : "0.00");
    List<Number[]> cells = new ArrayList<>();
    int n = classes.size();
    for (int r = 0; r < n; r++) {
      for (int c = 0; c < n; c++) {
        Number value =
            counts ? (Number) Integer.valueOf(matrix.texts()[r][c]) : matrix.shares()[r][c];
        cells.add(new Number[] {c, n - 1 - r, value});
      }
    }
    plot.addSeries(matrix.title(), classes, classes.reversed(), cells);
    return plot;
  }

  private static void plain(AxesChartStyler styler) {
    styler.setChartBackgroundColor(Color.WHITE);
    styler.setPlotBackgroundColor(Color.WHITE);
    styler.setLegendBorderColor(Color.WHITE);
    styler.setPlotBorderColor(Color.GRAY);
    styler.setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, 18));
    styler.setAxisTickLabelsFont(new Font(Font.SANS_SERIF, Font.PLAIN, 14));
    styler.setLegendFont(new Font(Font.SANS_SERIF, Font.PLAIN, 14));
  }

  private static byte[] png(IChart chart) {
    ImageIO.setUseCache(false); // in memory: the temporary folder may be read-only
    try {
      return BitmapEncoder.getBitmapBytes(chart, BitmapFormat.PNG);
    } catch (IOException e) {
      throw new UncheckedIOException("drawing into memory", e);
    }
  }
}
