package io.octnet.benchmarks;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Runs one benchmark by its name. */
public final class Main {
  private static final Map<String, Benchmark> ALL = new LinkedHashMap<>();

  static {
    ALL.put("kernels", new KernelBenchmark());
    ALL.put("devices", new DeviceBenchmark());
    ALL.put("jobs", new JobBenchmark());
    ALL.put("profile", new StepProfile());
    ALL.put("overlap", new OverlapBenchmark());
    ALL.put("scaling", new ScalingBenchmark());
    ALL.put("guard", new RegressionGuard());
    ALL.put("jmh", new JmhBenchmark());
    ALL.put("results", new Results());
    ALL.put("picture", new Picture());
  }

  private Main() {}

  /** One of the names, then its options. */
  public static void main(String[] args) throws Exception {
    Benchmark benchmark = args.length == 0 ? null : ALL.get(args[0]);
    if (benchmark == null) {
      System.err.println("usage: benchmarks/run NAME [OPTION...]");
      ALL.forEach(
          (name, each) -> System.err.printf(Locale.ROOT, "  %-8s %s%n", name, each.summary()));
      System.exit(2);
    }
    try {
      benchmark.run(Arrays.copyOfRange(args, 1, args.length));
    } catch (IllegalArgumentException e) {
      System.err.println("benchmarks/run " + args[0] + ": " + e.getMessage());
      System.exit(2);
    }
    System.exit(0); // OpenCL drivers leave threads behind
  }
}
