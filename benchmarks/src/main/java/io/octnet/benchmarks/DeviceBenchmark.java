package io.octnet.benchmarks;

import io.octnet.benchmarks.ConvCase.Direction;
import io.octnet.compute.Backend;
import io.octnet.compute.Compute;
import io.octnet.compute.ComputeProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;

/**
 * The convolutions of the five networks and the training step of the 3-layer CNN on the SIMD
 * back-end and on the OpenCL device, checked against each other first.
 */
final class DeviceBenchmark implements Benchmark {
  private static final double TOLERANCE = 2e-5;

  @Override
  public String summary() {
    return "SIMD against the OpenCL device, every direction; [--batch N] [--out DIR]: text, CSV, plot";
  }

  /** A line of the table. */
  private record Row(
      String device, String shape, String direction, double ms, double gflops, double ratio) {}

  @Override
  public void run(String[] options) throws Exception {
    List<String> given = List.of(options);
    int at = given.indexOf("--batch");
    int batch = at < 0 ? 2 : Integer.parseInt(given.get(at + 1));
    ComputeProvider opencl =
        Backend.providers().stream()
            .filter(p -> p.name().equals("opencl"))
            .findFirst()
            .orElseThrow();
    System.out.println(MachineName.line());
    if (opencl.unavailableBecause() != null) {
      System.out.println("no OpenCL device: " + opencl.unavailableBecause());
      return;
    }
    opencl.devices().forEach(device -> System.out.println("OpenCL device: " + device));
    if (opencl.devices().getFirst().contains(", CPU,")) {
      System.out.println("this device is a CPU: the table checks the harness, not a GPU");
    }
    List<Row> rows = new ArrayList<>();
    System.out.printf(
        "%-8s %-18s %-17s %10s %9s %8s%n",
        "device", "shape", "direction", "ms", "GFLOP/s", "ratio");
    int threads = Backend.defaultThreads();
    try (Compute simd = Backend.create("simd", threads);
        Compute device = Backend.create("opencl", threads)) {
      for (ConvCase each : ConvCase.ofTheNetworks(batch)) {
        for (Direction direction : Direction.values()) {
          rows.addAll(compare(each, direction, simd, device));
        }
      }
    }
    int out = given.indexOf("--out");
    if (out >= 0) {
      write(Path.of(given.get(out + 1)), rows);
    }
  }

  private static List<Row> compare(
      ConvCase each, Direction direction, Compute simd, Compute device) {
    int size = each.size(direction);
    float[] expected = java.util.Arrays.copyOf(each.run(simd, direction), size);
    double error = error(expected, each.run(device, direction));
    if (!(error <= TOLERANCE)) {
      throw new IllegalStateException(
          "%s %s differs by %.1e of the largest value".formatted(each.name, direction, error));
    }
    double cpu = Timing.of(() -> each.run(simd, direction), 5).median();
    double gpu = Timing.of(() -> each.run(device, direction), 5).median();
    return List.of(
        print(new Row("simd", each.name, name(direction), cpu * 1e3, each.flops() / cpu / 1e9, 1)),
        print(
            new Row(
                "opencl",
                each.name,
                name(direction),
                gpu * 1e3,
                each.flops() / gpu / 1e9,
                cpu / gpu)));
  }

  private static String name(Direction direction) {
    return direction.name().toLowerCase(Locale.ROOT);
  }

  private static double error(float[] expected, float[] received) {
    double largest = 1e-9;
    double most = 0;
    for (int i = 0; i < expected.length; i++) {
      largest = Math.max(largest, Math.abs(expected[i]));
      most = Math.max(most, Math.abs((double) expected[i] - received[i]));
    }
    return most / largest;
  }

  private static Row print(Row row) {
    System.out.printf(
        Locale.ROOT,
        "%-8s %-18s %-17s %10.3f %9.1f %8.3f%n",
        row.device,
        row.shape,
        row.direction,
        row.ms,
        row.gflops,
        row.ratio);
    return row;
  }

  private static void write(Path folder, List<Row> rows) throws IOException {
    Files.createDirectories(folder);
    StringBuilder csv = new StringBuilder("device,shape,direction,ms,gflops,ratio\n");
    for (Row row : rows) {
      csv.append(
          String.format(
              Locale.ROOT,
              "%s,%s,%s,%.4f,%.2f,%.4f%n",
              row.device,
              row.shape,
              row.direction,
              row.ms,
              row.gflops,
              row.ratio));
    }
    Files.writeString(folder.resolve("devices.csv"), csv);
    CategoryChart chart =
        new CategoryChartBuilder()
            .width(1400)
            .height(600)
            .title("Convolutions, forward")
            .yAxisTitle("GFLOP/s")
            .build();
    chart.getStyler().setXAxisLabelRotation(45);
    for (String device : List.of("simd", "opencl")) {
      List<Row> own =
          rows.stream()
              .filter(row -> row.device.equals(device) && row.direction.equals("forward"))
              .toList();
      chart.addSeries(
          device, own.stream().map(Row::shape).toList(), own.stream().map(Row::gflops).toList());
    }
    Files.write(
        folder.resolve("devices.png"), BitmapEncoder.getBitmapBytes(chart, BitmapFormat.PNG));
    System.out.println("written: " + folder.resolve("devices.csv") + " and devices.png");
  }
}
