package io.octnet.benchmarks;

import io.octnet.compute.Backend;
import io.octnet.compute.Compute;
import io.octnet.text.Text;
import io.octnet.zoo.FineTune;
import io.octnet.zoo.Network;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;

/**
 * Where the time of a training step goes, by primitive, beside what the machine's limits would
 * allow: the larger of its multiply-adds at the FMA peak of all threads, where Winograd's algorithm
 * saves three in four, and its arrays moved once at the speed of a copy. Both limits are looked at
 * between the steps, and each step is held against those around it. What mostly reads moves its
 * arrays faster than a copy does, so its share of the limit may pass 1.
 */
final class StepProfile implements Benchmark {
  private static final double SHOWN = 0.004; // of the step; the rest is added up

  @Override
  public String summary() {
    return "the training step of cnn3 and cnn7 by primitive, beside the machine's limits;"
        + " [--batch N] [--image PX] [--steps N] [--out DIR] [NETWORK...]";
  }

  @Override
  public void run(String[] arguments) throws Exception {
    Options options = Options.of(arguments, "", "--batch --image --steps --out");
    List<String> networks = options.rest().isEmpty() ? List.of("cnn3", "cnn7") : options.rest();
    if (networks.size() > 1) { // each in a JVM of its own
      for (String network : networks) {
        List<String> again = new ArrayList<>(List.of("profile"));
        again.addAll(List.of(arguments));
        again.removeAll(options.rest());
        again.add(network);
        Fork.run(List.of(), again, System.out::println);
      }
      return;
    }
    Network network = Network.of(networks.getFirst());
    Report report = new Report("profile-" + network.id(), options.out());
    int batch = options.number("--batch", 16);
    int image = options.number("--image", 224);
    int threads = Backend.defaultThreads();
    List<Step> steps = measure(network, batch, image, options.number("--steps", 7), threads);
    report.say(
        Text.format(
            "%s, batch %d, %d px, %d threads, %d steps: %.0f ms a step; FMA peak %.0f GFLOP/s, copy %.1f GB/s; medians",
            network.id(),
            batch,
            image,
            threads,
            steps.size(),
            median(steps, Step::seconds) * 1e3,
            median(steps, Step::peak) / 1e9,
            median(steps, Step::bandwidth) / 1e9));
    print(steps, report);
  }

  /**
   * A step.
   *
   * @param peak floating-point operations a second that the machine could do around it
   * @param bandwidth bytes a second
   */
  record Step(
      double seconds, double peak, double bandwidth, Map<String, TimedCompute.Tally> tallies) {

    double of(String primitive) {
      return tallies.containsKey(primitive) ? tallies.get(primitive).nanos * 1e-9 : 0;
    }

    /** What the machine could do it in. */
    double limit(String primitive) {
      TimedCompute.Tally tally = tallies.get(primitive);
      return tally == null
          ? 0
          : Math.max(tally.flops / saved(primitive) / peak, tally.bytes / bandwidth);
    }

    double limit() {
      return tallies.keySet().stream().mapToDouble(this::limit).sum();
    }
  }

  private static List<Step> measure(Network network, int batch, int image, int count, int threads)
      throws Exception {
    List<Step> steps = new ArrayList<>();
    try (Compute simd = Backend.create("simd", threads)) {
      Bandwidth bandwidth = new Bandwidth(simd, threads);
      TimedCompute timed = new TimedCompute(simd);
      double[] before = {0, 0};
      Jobs.Listener listener =
          (step, seconds) -> {
            Map<String, TimedCompute.Tally> tallies = timed.takeTallies();
            double[] after = {Peak.flops(simd, threads), bandwidth.look()};
            if (step >= 0) {
              double peak = (before[0] + after[0]) / 2;
              steps.add(new Step(seconds, peak, (before[1] + after[1]) / 2, tallies));
            }
            System.arraycopy(after, 0, before, 0, 2);
          };
      return Backend.with(
          timed.compute(),
          () -> {
            Jobs.train(network, FineTune.ALL, batch, image, count, listener);
            return steps;
          });
    }
  }

  private static void print(List<Step> steps, Report report) throws Exception {
    report
        .words("primitive", 44)
        .numbers(2, "ms")
        .numbers(1, "share %", "GFLOP/s", "GB/s")
        .numbers(2, "limit ms", "of limit")
        .header();
    Set<String> names = new TreeSet<>();
    steps.forEach(step -> names.addAll(step.tallies.keySet()));
    List<String> sorted = new ArrayList<>(names);
    sorted.sort(Comparator.comparingDouble(name -> -median(steps, s -> s.of(name))));
    Plot plot = new Plot("Milliseconds of a training step", "", "ms");
    double total = median(steps, Step::seconds);
    double rest = total;
    for (String name : sorted) {
      double seconds = median(steps, s -> s.of(name));
      if (seconds > SHOWN * total) {
        rest -= seconds;
        TimedCompute.Tally tally = steps.getFirst().tallies.get(name);
        report.row(
            name,
            seconds * 1e3,
            100 * seconds / total,
            tally == null || tally.flops == 0 ? null : tally.flops / seconds / 1e9,
            tally == null ? null : tally.bytes / seconds / 1e9,
            median(steps, s -> s.limit(name)) * 1e3,
            median(steps, s -> s.limit(name) / s.of(name)));
        plot.add("measured", name, seconds * 1e3);
        plot.add("the machine's limit", name, median(steps, s -> s.limit(name)) * 1e3);
      }
    }
    report.row("all else", rest * 1e3, 100 * rest / total, null, null, null, null);
    double limit = median(steps, Step::limit) * 1e3;
    double ofLimit = median(steps, s -> s.limit() / s.seconds);
    report.row("together", total * 1e3, 100.0, null, null, limit, ofLimit);
    report.plot(plot);
    report.write();
  }

  private static double median(List<Step> steps, ToDoubleFunction<Step> of) {
    return Spread.of(steps.stream().mapToDouble(of).toArray()).median();
  }

  /** How many multiplications of the plain algorithm one of the fastest replaces. */
  private static double saved(String name) {
    return name.contains("3x3") && !name.contains(" 3>") ? 4 : 1;
  }
}
