package io.octnet.benchmarks;

import io.octnet.compute.Backend;
import io.octnet.compute.Compute;
import io.octnet.compute.ComputeProvider;
import io.octnet.compute.ConvGeometry;
import io.octnet.compute.simd.Algorithm.Direction;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;

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

  @Override
  public void run(String[] arguments) throws Exception {
    Options options = Options.of(arguments, "", "--batch --out");
    int batch = options.number("--batch", 2);
    ComputeProvider opencl =
        Backend.providers().stream()
            .filter(p -> p.name().equals("opencl"))
            .findFirst()
            .orElseThrow();
    Report report = new Report("devices", options.out());
    if (opencl.unavailableBecause() != null) {
      report.say("no OpenCL device: " + opencl.unavailableBecause());
      return;
    }
    opencl.devices().forEach(device -> report.say("OpenCL device: " + device));
    if (opencl.devices().getFirst().contains(", CPU,")) {
      report.say("this device is a CPU: the table checks the harness, not a GPU");
    }
    report
        .words("shape", 18)
        .words("direction", 17)
        .numbers(3, "simd ms", "device ms")
        .numbers(1, "simd GFLOP/s", "device GFLOP/s")
        .numbers(3, "ratio", "low", "high")
        .header();
    Plot plot = new Plot("Convolutions, forward", "", "GFLOP/s");
    int threads = Backend.defaultThreads();
    try (Compute simd = Backend.create("simd", threads);
        Compute device = Backend.create("opencl", threads)) {
      for (ConvGeometry shape : ConvCase.ofTheNetworks(batch)) {
        ConvCase each = new ConvCase(shape);
        for (Direction direction : Direction.values()) {
          compare(each, direction, simd, device, report, plot);
        }
      }
    }
    report.plot(plot);
    report.write();
  }

  private static void compare(
      ConvCase each, Direction direction, Compute simd, Compute device, Report report, Plot plot)
      throws IOException {
    int size = each.size(direction);
    float[] expected = Arrays.copyOf(each.run(simd, direction), size);
    double error = error(expected, each.run(device, direction));
    if (!(error <= TOLERANCE)) {
      throw new IllegalStateException(
          "%s %s differs by %.1e of the largest value".formatted(each.name, direction, error));
    }
    double[][] seconds =
        Timing.inTurn(() -> each.run(simd, direction), () -> each.run(device, direction));
    double cpu = Spread.of(seconds[0]).median();
    double gpu = Spread.of(seconds[1]).median();
    Spread ratio = Spread.ofRatios(seconds[0], seconds[1]);
    report.row(
        each.name,
        name(direction),
        cpu * 1e3,
        gpu * 1e3,
        each.flops() / cpu / 1e9,
        each.flops() / gpu / 1e9,
        ratio.median(),
        ratio.low(),
        ratio.high());
    if (direction == Direction.FORWARD) {
      plot.add("simd", each.name, each.flops() / cpu / 1e9);
      plot.add("opencl", each.name, each.flops() / gpu / 1e9);
    }
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
}
