package io.octnet.benchmarks;

import io.octnet.compute.Backend;
import io.octnet.compute.Compute;
import io.octnet.compute.ComputeProvider;
import io.octnet.compute.ConvGeometry;
import io.octnet.compute.simd.Algorithm;
import io.octnet.compute.simd.Algorithm.Direction;
import io.octnet.opencl.OpenClCompute;
import io.octnet.text.Text;
import io.octnet.zoo.FineTune;
import io.octnet.zoo.Network;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The convolutions of the five networks and the training step of the 3-layer CNN on the SIMD
 * back-end and on each OpenCL device, checked against each other first.
 */
final class DeviceBenchmark implements Benchmark {
  private static final double TOLERANCE = 2e-5;
  private static final double LOSS_TOLERANCE = 1e-3;
  private static final int STEPS = 5;

  @Override
  public String summary() {
    return "SIMD against each OpenCL device, and a training step;"
        + " [--batch N] [--image PX] [--shape TEXT] [--out DIR]";
  }

  @Override
  public void run(String[] arguments) throws Exception {
    Options options = Options.of(arguments, "", "--batch --image --shape --out");
    System.setProperty("com.aparapi.enableProfiling", "true"); // before Aparapi is loaded
    ComputeProvider opencl =
        Backend.providers().stream()
            .filter(p -> p.name().equals("opencl"))
            .findFirst()
            .orElseThrow();
    if (opencl.unavailableBecause() != null) {
      throw new IllegalArgumentException("nothing to compare: " + opencl.unavailableBecause());
    }
    Report report = new Report("devices", options.out());
    List<String> devices = opencl.devices().stream().distinct().toList();
    for (String device : devices) {
      report.say("OpenCL device: " + device);
      if (device.contains(", CPU, ")) {
        report.say("  which is a CPU: its figures check this harness, and are no GPU's");
      }
    }
    report.say("ratio: SIMD's time over the device's; transfer: the share outside of its kernels");
    report
        .words("device", 24)
        .words("shape", 18)
        .words("what", 17)
        .words("algorithm", 13)
        .numbers(2, "ms")
        .numbers(1, "GFLOP/s")
        .numbers(3, "ratio")
        .numbers(2, "transfer")
        .header();
    int threads = Backend.defaultThreads();
    try (Compute simd = Backend.create("simd", threads)) {
      for (String device : devices) {
        String name = device.replaceFirst(" \\(.*", "");
        System.setProperty("octnet.opencl.device", name);
        try (OpenClCompute there = (OpenClCompute) opencl.create(threads)) {
          new Pair(simd, there, name, report).compare(options);
        }
      }
    }
    report.write();
  }

  /** The CPU and one device. */
  private record Pair(Compute simd, OpenClCompute device, String name, Report report, Plot plot) {
    Pair(Compute simd, OpenClCompute device, String name, Report report) {
      this(simd, device, name, report, new Plot("Convolutions, forward", "", "GFLOP/s"));
    }

    void compare(Options options) throws Exception {
      int batch = options.number("--batch", 2);
      for (ConvGeometry shape : ConvCase.ofTheNetworks(batch)) {
        if (ConvCase.name(shape).contains(options.text("--shape", ""))) {
          ConvCase each = new ConvCase(shape);
          for (Direction direction : Direction.values()) {
            convolution(each, direction);
          }
        }
      }
      report.plot(plot);
      step(batch, options.number("--image", 64));
    }

    private void convolution(ConvCase each, Direction direction) throws IOException {
      float[] expected = Arrays.copyOf(each.run(simd, direction), each.size(direction));
      require(
          error(expected, each.run(device, direction)) <= TOLERANCE, each.name + " " + direction);
      double[][] seconds =
          Timing.inTurn(() -> each.run(simd, direction), () -> each.run(device, direction));
      double cpu = Spread.of(seconds[0]).median();
      double gpu = Spread.of(seconds[1]).median();
      double ratio = Spread.ofRatios(seconds[0], seconds[1]).median();
      String what = direction.name().toLowerCase(Locale.ROOT).replace('_', ' ');
      String algorithm = Algorithm.of(each.g, direction).name();
      report.row("simd", each.name, what, algorithm, cpu * 1e3, each.flops() / cpu / 1e9, 1, null);
      report.row(
          name,
          each.name,
          what,
          "implicit gemm",
          gpu * 1e3,
          each.flops() / gpu / 1e9,
          ratio,
          transfer(() -> each.run(device, direction)));
      if (direction == Direction.FORWARD) {
        plot.add("simd", each.name, each.flops() / cpu / 1e9);
        plot.add(name, each.name, each.flops() / gpu / 1e9);
      }
    }

    private void step(int batch, int image) throws Exception {
      double expected = Backend.with(simd, () -> Jobs.loss(Network.CNN3, batch, image, STEPS));
      double received = Backend.with(device, () -> Jobs.loss(Network.CNN3, batch, image, STEPS));
      require(
          Math.abs(received - expected) <= LOSS_TOLERANCE * expected,
          Text.format("the loss after %d steps", STEPS));
      double cpu = Backend.with(simd, () -> seconds(batch, image));
      double before = device.secondsInKernels();
      long start = System.nanoTime();
      double gpu = Backend.with(device, () -> seconds(batch, image));
      double all = (System.nanoTime() - start) * 1e-9;
      double outside = Math.max(0, 1 - (device.secondsInKernels() - before) / all);
      String shape = Text.format("cnn3, %d px", image);
      report.row("simd", shape, "training step", "", cpu * 1e3, null, 1, null);
      report.row(name, shape, "training step", "", gpu * 1e3, null, cpu / gpu, outside);
    }

    private static double seconds(int batch, int image) {
      return Spread.of(Jobs.trainingSteps(Network.CNN3, FineTune.ALL, batch, image, STEPS))
          .median();
    }

    /** The share of a call outside of kernels: carrying data there and back, and calling. */
    private double transfer(Runnable call) {
      double before = device.secondsInKernels();
      long start = System.nanoTime();
      call.run();
      double all = (System.nanoTime() - start) * 1e-9;
      return Math.max(0, 1 - (device.secondsInKernels() - before) / all);
    }

    private void require(boolean agrees, String what) {
      if (!agrees) {
        throw new IllegalStateException(
            Text.format("%s on %s is not what SIMD computes", what, name));
      }
    }
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
