package io.octnet.benchmarks;

import io.octnet.compute.Compute;
import io.octnet.compute.ConvGeometry;
import io.octnet.compute.simd.Algorithm;
import io.octnet.compute.simd.Algorithm.Direction;
import io.octnet.compute.simd.SimdCompute;
import io.octnet.text.Text;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Convolutions and gemm on one thread, as a share of the core's FMA peak, looked at before and
 * after each measurement; Winograd's is above 1 where it saves multiplications. Each vector width
 * runs in a JVM of its own.
 */
final class KernelBenchmark implements Benchmark {
  private static final String CHILD = "octnet.benchmarks.child";

  @Override
  public String summary() {
    return "convolutions and gemm, each algorithm, against the FMA peak;"
        + " [--networks: the main shapes of the five; --all: each] [--only TEXT] [--batch N]"
        + " [--out DIR] [BITS...]";
  }

  @Override
  public void run(String[] arguments) throws Exception {
    Options options = Options.of(arguments, "--networks --all", "--only --batch --out");
    if (Boolean.getBoolean(CHILD)) {
      measure(options);
      return;
    }
    List<String> widths = widths(options.rest());
    Report report = new Report("kernels", options.out());
    report.say(
        Text.format(
            "1 thread, batch %d; medians of 5, each between two looks at the FMA peak",
            options.number("--batch", 8)));
    columns(report).header();
    Plot plot = new Plot("Share of the FMA peak", "", "of the FMA peak");
    for (Row row : rows(arguments, widths)) {
      row.to(report);
      plot.add(
          (row.direction + " " + row.algorithm).strip(),
          row.shape + ", " + row.bits + " bits",
          row.share);
    }
    report.plot(plot);
    report.write();
  }

  /** A line of the table. */
  record Row(
      int bits,
      String shape,
      String direction,
      String algorithm,
      double ms,
      double gflops,
      double share,
      double low,
      double high) {

    /** What tells it from other rows. */
    String name() {
      return Text.format("%d-bit %s %s %s", bits, shape, direction, algorithm).strip();
    }

    static Row parse(String line) throws IOException {
      String[] c = line.split(",", -1);
      if (c.length != 9 || !c[0].matches("[\\d.]+")) {
        throw new IOException("'" + line + "' is no row of `benchmarks/run kernels`");
      }
      double[] n = new double[9];
      for (int i : new int[] {0, 4, 5, 6, 7, 8}) {
        n[i] = Double.parseDouble(c[i]);
      }
      return new Row((int) n[0], c[1], c[2], c[3], n[4], n[5], n[6], n[7], n[8]);
    }

    String line() {
      return Text.format(
          "%d,%s,%s,%s,%.6g,%.6g,%.6g,%.6g,%.6g",
          bits, shape, direction, algorithm, ms, gflops, share, low, high);
    }

    void to(Report report) throws IOException {
      report.row(bits, shape, direction, algorithm, ms, gflops, share, low, high);
    }
  }

  static Report columns(Report report) {
    return report
        .numbers(0, "bits")
        .words("shape", 20)
        .words("direction", 17)
        .words("algorithm", 9)
        .numbers(3, "ms")
        .numbers(1, "GFLOP/s")
        .numbers(2, "of peak", "low", "high");
  }

  private static List<String> widths(List<String> given) {
    if (!List.of("128", "256", "512").containsAll(given)) {
      throw new IllegalArgumentException("widths are 128, 256 and 512 bits, received " + given);
    }
    return !given.isEmpty()
        ? given
        : Peak.bits() == 512 ? List.of("256", "512") : List.of(String.valueOf(Peak.bits()));
  }

  /** Measures anew, each width in a JVM of its own, with the options of the command line. */
  static List<Row> rows(String[] arguments, List<String> widths) throws Exception {
    List<Row> rows = new ArrayList<>();
    List<String> again = new ArrayList<>(List.of("kernels"));
    again.addAll(List.of(arguments));
    for (String width : widths) {
      List<String> jvm = List.of("-Doctnet.vector.bits=" + width, "-D" + CHILD + "=true");
      for (String line : Fork.lines(jvm, again)) {
        rows.add(Row.parse(line));
      }
    }
    return rows;
  }

  /** What the guard compares. */
  static List<Row> quick() throws Exception {
    return rows(new String[0], widths(List.of()));
  }

  private static void measure(Options options) {
    int batch = options.number("--batch", 8);
    String only = options.text("--only", "");
    for (ConvGeometry shape : shapes(options, batch)) {
      if (ConvCase.name(shape).contains(only)) {
        measure(new ConvCase(shape));
      }
    }
    boolean few = !options.has("--all") && !options.has("--networks");
    int[] sizes = few ? new int[] {256, 1024} : new int[] {256, 512, 1024, 2048};
    for (int n : sizes) {
      if ("sgemm".contains(only) || only.equals("sgemm " + n)) {
        gemm(n);
      }
    }
  }

  private static List<ConvGeometry> shapes(Options options, int batch) {
    return options.has("--all")
        ? ConvCase.allOfTheNetworks(batch)
        : options.has("--networks") ? ConvCase.ofTheNetworks(batch) : ConvCase.few(batch);
  }

  private static void measure(ConvCase each) {
    for (Direction direction : Direction.values()) {
      for (Algorithm algorithm : Algorithm.values()) {
        if (algorithm.serves(each.g, direction)) {
          try (Compute compute = new SimdCompute(1, algorithm)) {
            Timing.OfPeak timing = Timing.ofPeak(() -> each.run(compute, direction), each.flops());
            String name = direction.name().toLowerCase(Locale.ROOT);
            print(each.name, name, algorithm.name(), each.flops(), timing);
          }
        }
      }
    }
  }

  private static void gemm(int n) {
    float[] a = new float[n * n];
    float[] b = new float[n * n];
    float[] c = new float[n * n];
    Arrays.fill(a, 0.5f);
    Arrays.fill(b, 0.25f);
    double flops = 2.0 * n * n * n;
    try (Compute compute = new SimdCompute(1)) {
      Runnable work = () -> compute.gemm(false, false, n, n, n, a, 0, b, 0, 0, c, 0);
      print("sgemm " + n, "", "GEMM", flops, Timing.ofPeak(work, flops));
    }
  }

  private static void print(
      String shape, String direction, String algorithm, double flops, Timing.OfPeak timing) {
    double seconds = timing.seconds().median();
    Spread share = timing.share();
    Row row =
        new Row(
            Peak.bits(),
            shape,
            direction,
            algorithm,
            seconds * 1e3,
            flops / seconds / 1e9,
            share.median(),
            share.low(),
            share.high());
    System.out.println(row.line());
  }
}
