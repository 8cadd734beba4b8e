package io.octnet.benchmarks;

import io.octnet.compute.Backend;
import io.octnet.compute.Compute;
import io.octnet.zoo.FineTune;
import io.octnet.zoo.Network;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Where the time of a training step goes, by primitive, beside what the machine's limits would
 * allow: the larger of its multiply-adds at the FMA peak of all threads, where Winograd's algorithm
 * saves three in four, and its arrays moved once at the speed of a copy. What mostly reads moves
 * them faster than a copy does, so its share of the limit may pass 1.
 */
final class StepProfile implements Benchmark {
  private static final int IMAGE = 224;
  private static final int BATCH = 16;
  private static final int STEPS = 5;
  private static final double SHOWN = 0.004; // of the step; the rest is added up

  @Override
  public String summary() {
    return "the training step of cnn3 and cnn7 by primitive, beside the machine's limits; [NETWORK]";
  }

  @Override
  public void run(String[] options) throws Exception {
    if (options.length == 2 && options[0].equals("--one")) {
      one(Network.of(options[1]));
      return;
    }
    System.out.println(MachineName.line());
    for (String network : options.length == 0 ? new String[] {"cnn3", "cnn7"} : options) {
      Fork.main(List.of(), List.of("profile", "--one", network));
    }
  }

  private static void one(Network network) throws Exception {
    int threads = Backend.defaultThreads();
    double peak = Peak.flops() * threads;
    double bandwidth = Bandwidth.copy(threads);
    Map<String, TimedCompute.Tally> tallies;
    double step;
    try (Compute simd = Backend.create("simd", threads)) {
      TimedCompute timed = new TimedCompute(simd);
      double[] seconds =
          Backend.with(
              timed.compute(),
              () ->
                  Jobs.trainingSteps(
                      network, FineTune.ALL, BATCH, IMAGE, STEPS, timed.tallies()::clear));
      step = Arrays.stream(seconds).average().orElseThrow();
      tallies = timed.tallies();
    }
    print(network, threads, peak, bandwidth, step, tallies);
  }

  private static void print(
      Network network,
      int threads,
      double peak,
      double bandwidth,
      double step,
      Map<String, TimedCompute.Tally> tallies) {
    System.out.printf(
        Locale.ROOT,
        "%n%s, batch %d, %d px, %d threads: %.0f ms a step; FMA peak %.0f GFLOP/s, copy %.1f GB/s%n",
        network.id(),
        BATCH,
        IMAGE,
        threads,
        step * 1e3,
        peak / 1e9,
        bandwidth / 1e9);
    System.out.printf(
        "%-44s %8s %7s %9s %7s %9s %9s%n",
        "primitive", "ms", "share", "GFLOP/s", "GB/s", "limit ms", "of limit");
    double rest = step;
    double limits = 0;
    for (var entry : sorted(tallies)) {
      TimedCompute.Tally tally = entry.getValue();
      double seconds = tally.nanos * 1e-9 / STEPS;
      double multiplied = tally.flops / STEPS / saved(entry.getKey());
      double limit = Math.max(multiplied / peak, tally.bytes / STEPS / bandwidth);
      limits += limit;
      if (seconds > SHOWN * step) {
        rest -= seconds;
        row(entry.getKey(), tally, seconds, limit, step);
      }
    }
    System.out.printf(
        Locale.ROOT, "%-44s %8.1f %6.1f%%%n", "all else", rest * 1e3, 100 * rest / step);
    System.out.printf(
        Locale.ROOT,
        "%-44s %8.1f %32.1f %9.2f%n",
        "together",
        step * 1e3,
        limits * 1e3,
        limits / step);
  }

  private static void row(
      String name, TimedCompute.Tally tally, double seconds, double limit, double step) {
    double speed = tally.flops / STEPS / seconds;
    System.out.printf(
        Locale.ROOT,
        "%-44s %8.1f %6.1f%% %9s %7.1f %9.1f %9.2f%n",
        name,
        seconds * 1e3,
        100 * seconds / step,
        speed == 0 ? "" : String.format(Locale.ROOT, "%.0f", speed / 1e9),
        tally.bytes / STEPS / seconds / 1e9,
        limit * 1e3,
        limit / seconds);
  }

  /** How many multiplications of the plain algorithm one of the fastest replaces. */
  private static double saved(String name) {
    return name.contains("3x3") && !name.contains(" 3>") ? 4 : 1;
  }

  private static List<Map.Entry<String, TimedCompute.Tally>> sorted(
      Map<String, TimedCompute.Tally> tallies) {
    List<Map.Entry<String, TimedCompute.Tally>> entries = new ArrayList<>(tallies.entrySet());
    entries.sort((a, b) -> Long.compare(b.getValue().nanos, a.getValue().nanos));
    return entries;
  }
}
