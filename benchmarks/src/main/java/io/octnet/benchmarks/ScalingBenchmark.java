package io.octnet.benchmarks;

import io.octnet.compute.Backend;
import io.octnet.zoo.FineTune;
import io.octnet.zoo.Network;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The training step of the 3-layer CNN over batch size, image size and threads, with the exponent
 * of a power law fitted to each: time should grow as the work does, with exponent 1 in images and 2
 * in the side of an image.
 */
final class ScalingBenchmark implements Benchmark {
  @Override
  public String summary() {
    return "cnn3's training step over batch size, image size and threads, with fitted exponents";
  }

  @Override
  public void run(String[] options) throws Exception {
    if (options.length > 0 && options[0].equals("--one")) {
      int batch = Integer.parseInt(options[1]);
      int size = Integer.parseInt(options[2]);
      double[] steps = Jobs.trainingSteps(Network.CNN3, FineTune.ALL, batch, size, 5);
      System.out.printf(
          Locale.ROOT, "%.6f %d%n", Timing.of(steps).median(), MachineName.peakResidentMiB());
      return;
    }
    System.out.println(MachineName.line());
    series("batch size, 96 px", new int[] {1, 2, 4, 8, 16, 32, 64}, 0, 96);
    series("image size, batch 4", new int[] {64, 96, 128, 224, 320, 448}, 4, 0);
    int cores = Runtime.getRuntime().availableProcessors();
    for (int threads = 1; threads <= cores; threads *= 2) {
      double[] one = measure(16, 96, threads);
      System.out.printf(
          Locale.ROOT,
          "threads %d, batch 16, 96 px: %.1f images/s, %.0f MiB%n",
          threads,
          16 / one[0],
          one[1]);
    }
  }

  private static void series(String name, int[] values, int batch, int size) throws Exception {
    System.out.printf("%-20s %10s %10s %10s%n", name, "ms", "images/s", "peak MiB");
    List<double[]> points = new ArrayList<>();
    for (int value : values) {
      int b = batch == 0 ? value : batch;
      double[] one = measure(b, size == 0 ? value : size, Backend.defaultThreads());
      points.add(new double[] {Math.log(value), Math.log(one[0])});
      System.out.printf(
          Locale.ROOT, "%20d %10.1f %10.1f %10.0f%n", value, one[0] * 1e3, b / one[0], one[1]);
    }
    System.out.printf(Locale.ROOT, "fitted exponent: %.2f%n", slope(points));
  }

  private static double[] measure(int batch, int size, int threads) throws Exception {
    List<String> lines =
        Fork.lines(
            List.of("-Doctnet.threads=" + threads),
            List.of("scaling", "--one", String.valueOf(batch), String.valueOf(size)));
    String[] cells = lines.getLast().split(" ");
    return new double[] {Double.parseDouble(cells[0]), Double.parseDouble(cells[1])};
  }

  /** Least squares through the points. */
  static double slope(List<double[]> points) {
    double mx = points.stream().mapToDouble(p -> p[0]).average().orElseThrow();
    double my = points.stream().mapToDouble(p -> p[1]).average().orElseThrow();
    double top = points.stream().mapToDouble(p -> (p[0] - mx) * (p[1] - my)).sum();
    double bottom = points.stream().mapToDouble(p -> (p[0] - mx) * (p[0] - mx)).sum();
    return top / bottom;
  }
}
