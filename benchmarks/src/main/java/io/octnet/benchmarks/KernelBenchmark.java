package io.octnet.benchmarks;

import io.octnet.benchmarks.ConvCase.Direction;
import io.octnet.compute.Compute;
import io.octnet.compute.simd.Algorithm;
import io.octnet.compute.simd.SimdCompute;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Convolutions and gemm on one thread, as a share of the FMA peak of the core that the same run
 * measures; Winograd's is above 1 where it saves multiplications. Each vector width runs in a JVM
 * of its own.
 */
final class KernelBenchmark implements Benchmark {
  private static final int BATCH = 8;

  @Override
  public String summary() {
    return "convolutions and gemm, each algorithm, against the FMA peak; [--all] [--csv] [BITS...]";
  }

  @Override
  public void run(String[] options) throws Exception {
    List<String> given = List.of(options);
    List<String> widths = given.stream().filter(o -> o.matches("128|256|512")).toList();
    if (System.getProperty("octnet.vector.bits") != null) {
      measure(given.contains("--all"), given.contains("--csv"));
      return;
    }
    if (widths.isEmpty()) {
      widths = Peak.bits() == 512 ? List.of("256", "512") : List.of(String.valueOf(Peak.bits()));
    }
    for (String width : widths) {
      List<String> again = new ArrayList<>(List.of("kernels"));
      again.addAll(given);
      Fork.main(List.of("-Doctnet.vector.bits=" + width), again);
    }
  }

  private static List<ConvCase> cases(boolean all) {
    return all
        ? ConvCase.ofTheNetworks(BATCH)
        : List.of(
            ConvCase.same(BATCH, 224, 64, 3, 64, 1),
            ConvCase.same(BATCH, 56, 256, 3, 256, 1),
            ConvCase.same(BATCH, 112, 128, 3, 128, 1),
            ConvCase.same(BATCH, 56, 64, 1, 256, 1),
            ConvCase.same(BATCH, 224, 3, 3, 32, 1));
  }

  private static void measure(boolean all, boolean csv) {
    double peak = Peak.flops();
    if (!csv) {
      System.out.println(MachineName.line());
      System.out.printf(
          Locale.ROOT,
          "%d-bit, 1 thread, batch %d, FMA peak %.1f GFLOP/s; medians of 5%n",
          Peak.bits(),
          BATCH,
          peak / 1e9);
    }
    line(csv, "shape", "direction", "algorithm", "ms", "GFLOP/s", "of peak", "spread");
    for (ConvCase each : cases(all)) {
      for (Direction direction : Direction.values()) {
        for (Algorithm algorithm : algorithms(each)) {
          try (Compute compute = new SimdCompute(1, algorithm)) {
            Timing timing = Timing.of(() -> each.run(compute, direction));
            row(csv, each.name, direction.name(), algorithm.name(), each.flops(), timing, peak);
          }
        }
      }
    }
    for (int n : new int[] {256, 512, 1024}) {
      row(csv, "sgemm " + n, "", "", 2.0 * n * n * n, gemm(n), peak);
    }
  }

  private static List<Algorithm> algorithms(ConvCase each) {
    boolean winograd = each.g.kernelHeight() == 3 && each.g.inChannels() % 16 == 0;
    return winograd
        ? List.of(Algorithm.IM2COL, Algorithm.DIRECT, Algorithm.WINOGRAD)
        : List.of(Algorithm.IM2COL, Algorithm.DIRECT);
  }

  private static Timing gemm(int n) {
    float[] a = new float[n * n];
    float[] b = new float[n * n];
    float[] c = new float[n * n];
    try (Compute compute = new SimdCompute(1)) {
      return Timing.of(() -> compute.gemm(false, false, n, n, n, a, 0, b, 0, 0, c, 0));
    }
  }

  private static void row(
      boolean csv,
      String shape,
      String direction,
      String algorithm,
      double flops,
      Timing timing,
      double peak) {
    double speed = flops / timing.median();
    line(
        csv,
        shape,
        direction.toLowerCase(Locale.ROOT),
        algorithm,
        String.format(Locale.ROOT, "%.3f", timing.median() * 1e3),
        String.format(Locale.ROOT, "%.1f", speed / 1e9),
        String.format(Locale.ROOT, "%.2f", speed / peak),
        String.format(Locale.ROOT, "%.0f %%", 100 * timing.spread()));
  }

  private static void line(boolean csv, Object... cells) {
    if (csv) {
      System.out.print(Peak.bits());
      for (Object cell : cells) {
        System.out.print("," + cell);
      }
      System.out.println();
      return;
    }
    System.out.printf("%-20s %-17s %-9s %9s %9s %8s %7s%n", cells);
  }
}
