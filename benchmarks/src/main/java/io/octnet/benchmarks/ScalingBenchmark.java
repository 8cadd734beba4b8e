package io.octnet.benchmarks;

import io.octnet.compute.Backend;
import io.octnet.compute.Compute;
import io.octnet.text.Text;
import io.octnet.zoo.FineTune;
import io.octnet.zoo.Network;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * A network's training step over batch size, image size and threads, and the exponent of a power
 * law fitted to each: the work grows with exponent 1 in images and 2 in the side of an image. Time
 * is counted at the FMA peak that the machine had after each step ({@code peak seconds = seconds x
 * peak now / median peak}), so that a machine that slows down halfway does not bend the curve.
 */
final class ScalingBenchmark implements Benchmark {
  private static final int[] BATCHES = {1, 2, 4, 8, 16, 32, 64};
  private static final int[] SIZES = {64, 96, 128, 160, 224, 320, 448};

  @Override
  public String summary() {
    return "a training step over batch 1..64, images of 64..448 px, threads 1..cores, with fitted"
        + " exponents; [--network N] [--image PX] [--batch N] [--steps N] [--out DIR]";
  }

  /** What a child measured. */
  private record Point(int value, double seconds, double peak, double spread, double mib) {}

  @Override
  public void run(String[] arguments) throws Exception {
    Options options = Options.of(arguments, "", "--network --image --batch --steps --out --one");
    Network network = Network.of(options.text("--network", "cnn3"));
    int steps = options.number("--steps", 5);
    if (!options.text("--one", "").isEmpty()) {
      one(network, options.number("--batch", 1), options.number("--image", 1), steps);
      return;
    }
    int mostPixels = options.number("--image", 448);
    int mostImages = options.number("--batch", 64);
    Report report = new Report("scaling", options.out());
    report.say(network.id() + ": a training step; batches at 96 px, sizes at batch 4");
    report
        .words("over", 12)
        .numbers(0, "value", "batch", "pixels", "threads")
        .numbers(1, "ms", "images/s")
        .numbers(2, "spread")
        .numbers(0, "peak MiB")
        .header();
    int cores = Backend.defaultThreads();
    Plot plot = new Plot(network.id() + ": a training step", "batch, or side in pixels", "ms");
    Map<String, List<Point>> series = new LinkedHashMap<>();
    for (int batch : upTo(BATCHES, mostImages)) {
      int pixels = Math.min(96, mostPixels);
      add(series, "batch", batch, new int[] {batch, pixels, cores}, network, steps, report);
    }
    for (int pixels : upTo(SIZES, mostPixels)) {
      int batch = Math.min(4, mostImages);
      add(series, "image", pixels, new int[] {batch, pixels, cores}, network, steps, report);
    }
    for (int threads : threads(cores)) {
      int[] shape = {Math.min(16, mostImages), Math.min(96, mostPixels), threads};
      add(series, "threads", threads, shape, network, steps, report);
    }
    series.forEach(
        (name, points) -> {
          sayExponent(report, name, points);
          if (!name.equals("threads")) {
            points.forEach(point -> plot.add(name, point.value, point.seconds * 1e3));
          }
        });
    report.plot(plot);
    report.write();
  }

  private static int[] upTo(int[] values, int most) {
    return Arrays.stream(values).filter(value -> value <= most).toArray();
  }

  private static TreeSet<Integer> threads(int cores) {
    TreeSet<Integer> counts = new TreeSet<>(List.of(cores));
    for (int threads = 1; threads < cores; threads *= 2) {
      counts.add(threads);
    }
    return counts;
  }

  private static void add(
      Map<String, List<Point>> series,
      String name,
      int value,
      int[] shape,
      Network network,
      int steps,
      Report report)
      throws Exception {
    List<String> arguments = new ArrayList<>(List.of("scaling", "--one", "yes"));
    arguments.addAll(List.of("--network", network.id(), "--steps", "" + steps));
    arguments.addAll(List.of("--batch", "" + shape[0], "--image", "" + shape[1]));
    Point point = measure(value, shape[2], arguments);
    series.computeIfAbsent(name, s -> new ArrayList<>()).add(point);
    report.row(
        name,
        value,
        shape[0],
        shape[1],
        shape[2],
        point.seconds * 1e3,
        shape[0] / point.seconds,
        point.spread,
        point.mib);
  }

  /** Looks at the peak here, between the steps there, so that looking costs no memory there. */
  private static Point measure(int value, int threads, List<String> arguments) throws Exception {
    List<Double> seconds = new ArrayList<>();
    List<Double> peaks = new ArrayList<>();
    double[] mib = {0};
    try (Compute compute = Backend.create("simd", threads)) {
      Fork.run(
          List.of("-Doctnet.threads=" + threads),
          arguments,
          line -> {
            if (line.startsWith(Fork.WAITING)) {
              seconds.add(Double.valueOf(line.substring(Fork.WAITING.length())));
              peaks.add(Peak.flops(compute, threads));
            } else {
              mib[0] = Double.parseDouble(line);
            }
          });
    }
    Spread time = Spread.of(seconds.stream().mapToDouble(s -> s).toArray());
    double peak = Spread.of(peaks.stream().mapToDouble(p -> p).toArray()).median();
    return new Point(value, time.median(), peak, time.relative(), mib[0]);
  }

  /** Prints the seconds of each step, then the peak memory. */
  private static void one(Network network, int batch, int pixels, int count) {
    Jobs.Listener listener =
        (step, seconds) -> {
          if (step >= 0) {
            Fork.waitAfter(String.valueOf(seconds));
          }
        };
    Jobs.train(network, FineTune.ALL, batch, pixels, count, listener);
    System.out.println(MachineName.peakResidentMiB());
  }

  private static void sayExponent(Report report, String name, List<Point> points) {
    if (points.size() < 2) {
      return;
    }
    double steady = Spread.of(points.stream().mapToDouble(Point::peak).toArray()).median();
    boolean threads = name.equals("threads"); // there the peak grows, and is no measure
    double time =
        slope(points, Point::value, p -> threads ? p.seconds : p.seconds * p.peak / steady);
    double memory = slope(points, Point::value, Point::mib);
    report.say(
        Text.format(
            "%s: time grows with exponent %.2f, peak memory with %.2f", name, time, memory));
  }

  /** The exponent of the power law through points, by least squares of the logarithms. */
  static <T> double slope(
      List<T> points,
      java.util.function.ToDoubleFunction<T> x,
      java.util.function.ToDoubleFunction<T> y) {
    double mx =
        points.stream().mapToDouble(p -> Math.log(x.applyAsDouble(p))).average().orElseThrow();
    double my =
        points.stream().mapToDouble(p -> Math.log(y.applyAsDouble(p))).average().orElseThrow();
    double top = 0;
    double bottom = 0;
    for (T p : points) {
      double dx = Math.log(x.applyAsDouble(p)) - mx;
      top += dx * (Math.log(y.applyAsDouble(p)) - my);
      bottom += dx * dx;
    }
    return top / bottom;
  }
}
