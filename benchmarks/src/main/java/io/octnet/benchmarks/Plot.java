package io.octnet.benchmarks;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.HorizontalBarChart;
import org.knowm.xchart.HorizontalBarChartBuilder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.internal.chartpart.IChart;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler.LegendPosition;

/** Numbers by series and place: bars where places are names, lines where they are numbers. */
public final class Plot {
  private final String title;
  private final String xAxis;
  private final String yAxis;
  private final Map<String, Map<Object, Double>> series = new LinkedHashMap<>();
  private final Set<Object> places = new LinkedHashSet<>();

  /** An empty one. */
  public Plot(String title, String xAxis, String yAxis) {
    this.title = title;
    this.xAxis = xAxis;
    this.yAxis = yAxis;
  }

  /** Adds a number. */
  public void add(String name, Object place, double value) {
    series.computeIfAbsent(name, n -> new LinkedHashMap<>()).put(place, value);
    places.add(place);
  }

  void write(Path file) throws IOException {
    if (series.isEmpty()) {
      return;
    }
    boolean lines = places.stream().allMatch(place -> place instanceof Number);
    IChart chart = lines ? lines() : bars();
    Files.write(file, BitmapEncoder.getBitmapBytes(chart, BitmapFormat.PNG));
  }

  /** A row a place, so that every name is legible; the first stands on top. */
  private HorizontalBarChart bars() {
    HorizontalBarChart chart =
        new HorizontalBarChartBuilder()
            .width(1100)
            .height(Math.clamp(160 + (14L * series.size() + 12) * places.size(), 320, 8000))
            .title(title)
            .xAxisTitle(yAxis)
            .yAxisTitle(xAxis)
            .build();
    plain(chart.getStyler());
    chart.getStyler().setLabelsVisible(false);
    chart.getStyler().setXAxisMaxLabelCount(1000); // else every other name is left out
    List<Object> all = List.copyOf(places);
    series.forEach(
        (name, values) ->
            chart.addSeries(
                name, all.stream().map(p -> values.getOrDefault(p, 0.0)).toList(), all));
    return chart;
  }

  /** On logarithmic axes: a power law is a straight line, its exponent the slope. */
  private XYChart lines() {
    XYChart chart =
        new XYChartBuilder()
            .width(900)
            .height(640)
            .title(title)
            .xAxisTitle(xAxis)
            .yAxisTitle(yAxis)
            .build();
    plain(chart.getStyler());
    chart.getStyler().setXAxisLogarithmic(true).setYAxisLogarithmic(true);
    chart.getStyler().setXAxisLogarithmicDecadeOnly(false).setYAxisLogarithmicDecadeOnly(false);
    chart.getStyler().setMarkerSize(6);
    series.forEach(
        (name, values) ->
            chart.addSeries(
                name,
                values.keySet().stream().mapToDouble(p -> ((Number) p).doubleValue()).toArray(),
                values.values().stream().mapToDouble(v -> v).toArray()));
    return chart;
  }

  private static void plain(AxesChartStyler styler) {
    styler.setChartBackgroundColor(Color.WHITE);
    styler.setPlotBackgroundColor(Color.WHITE);
    styler.setLegendBorderColor(Color.WHITE);
    styler.setLegendPosition(LegendPosition.OutsideE);
  }
}
