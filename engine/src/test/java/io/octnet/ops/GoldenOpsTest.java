package io.octnet.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.octnet.autograd.Autograd;
import io.octnet.compute.Backend;
import io.octnet.compute.Compute;
import io.octnet.compute.ComputeProvider;
import io.octnet.tensor.Tensor;
import io.octnet.testing.Golden;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every case of golden/ops, forward and every gradient, on every back-end that runs here by itself.
 * The tolerance is that of its README: four times how far Keras's own float32 strays, at least
 * 1e-6; sums on the grid must agree bit for bit.
 */
class GoldenOpsTest {
  private static final Set<String> EXACT_ON_THE_GRID =
      Set.of(
          "conv2d",
          "dense",
          "add",
          "concatenate",
          "zero_padding",
          "flatten",
          "relu",
          "max_pool",
          "zero_padding+max_pool",
          "average_pool",
          "global_max_pool");

  /** What the README allows an algorithm that rounds within the transform. */
  private static final double WINOGRAD = 2e-5;

  @TestFactory
  Stream<DynamicContainer> everyCaseOnEveryBackend() {
    Path folder = Golden.folder("ops");
    List<GoldenCase> cases = cases(folder);
    assertThat(cases).isNotEmpty();
    return backends().map(provider -> onBackend(provider, cases));
  }

  /** Those that run here by themselves; another module's test names its own. */
  Stream<ComputeProvider> backends() {
    return Backend.providers().stream()
        .filter(provider -> provider.priority() >= 0 && provider.unavailableBecause() == null);
  }

  private static DynamicContainer onBackend(ComputeProvider provider, List<GoldenCase> cases) {
    Compute compute = provider.create(2);
    Stream<DynamicTest> tests =
        cases.stream()
            .map(
                c ->
                    DynamicTest.dynamicTest(
                        c.folder().getFileName().toString(),
                        () ->
                            Backend.with(
                                compute,
                                () -> {
                                  check(c, provider.name());
                                  return null;
                                })));
    Stream<DynamicTest> close = Stream.of(DynamicTest.dynamicTest("close", compute::close));
    return DynamicContainer.dynamicContainer(provider.name(), Stream.concat(tests, close));
  }

  /** A folder and how far Keras's float32 strays there. */
  private record GoldenCase(Path folder, double kerasFloat32) {}

  private static List<GoldenCase> cases(Path folder) {
    Map<String, Double> strays =
        lines(folder.resolve("index.tsv"))
            .skip(1)
            .map(line -> line.split("\t"))
            .collect(Collectors.toMap(cells -> cells[0], cells -> Double.valueOf(cells[4])));
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(entry -> Files.exists(entry.resolve("case.json")))
          .filter(entry -> !new GoldenOp(entry).op.equals("optimizer"))
          .sorted()
          .map(entry -> new GoldenCase(entry, strays.get(entry.getFileName().toString())))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<String> lines(Path file) {
    try {
      return Files.readAllLines(file).stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void check(GoldenCase c, String backend) {
    GoldenOp golden = new GoldenOp(c.folder());
    double tolerance = tolerance(golden, c, backend);
    for (String gradient : golden.gradients()) {
      golden.input(gradient.substring(1)).requireGrad(true);
    }
    Tensor y = golden.run();
    close("y", y, golden.array("y"), tolerance);
    Autograd.backward(y, golden.array(golden.outputGradient()));
    for (String gradient : golden.gradients()) {
      Tensor input = golden.input(gradient.substring(1));
      close(gradient, input.grad(), golden.array(gradient), tolerance);
    }
  }

  private static double tolerance(GoldenOp golden, GoldenCase c, String backend) {
    double tolerance = Math.max(4 * c.kerasFloat32(), 1e-6);
    if (!backend.equals("scalar") && golden.isServedByWinograd()) {
      return Math.max(tolerance, WINOGRAD);
    }
    boolean exact = c.kerasFloat32() == 0 && EXACT_ON_THE_GRID.contains(golden.op);
    return exact ? 0 : tolerance;
  }

  /** Within {@code tolerance} of the largest expected value; equal where it is 0. */
  private static void close(String name, Tensor actual, Tensor expected, double tolerance) {
    assertThat(actual.shape()).as("shape of " + name).isEqualTo(expected.shape());
    double largest = 1e-3;
    for (float value : expected.toArray()) {
      largest = Math.max(largest, Math.abs(value));
    }
    for (int i = 0; i < expected.size(); i++) {
      if (Float.isNaN(actual.data()[i]) || tolerance == 0) {
        assertThat(actual.data()[i]).as("%s[%d]", name, i).isEqualTo(expected.data()[i]);
      } else {
        double difference = Math.abs((double) actual.data()[i] - expected.data()[i]);
        if (difference > tolerance * largest) {
          assertThat(actual.data()[i])
              .as("%s[%d]", name, i)
              .isCloseTo(expected.data()[i], within((float) (tolerance * largest)));
        }
      }
    }
  }

  @Test
  void movingStatisticsMoveAsInKeras3AndInKeras2sFusedKernel() {
    for (GoldenCase c : cases(Golden.folder("ops"))) {
      GoldenOp golden = new GoldenOp(c.folder());
      if (golden.op.equals("batch_norm_training")) {
        checkMoving(golden, false, golden.array("movingVarianceAfter"), c.kerasFloat32());
        if (golden.array("x").shape().rank() == 4) {
          checkMoving(golden, true, golden.array("movingVarianceAfterFused"), c.kerasFloat32());
        }
      }
    }
  }

  private static void checkMoving(
      GoldenOp golden, boolean unbiased, Tensor varianceAfter, double kerasFloat32) {
    Tensor mean = golden.array("movingMean");
    Tensor variance = golden.array("movingVariance");
    var moving = new BatchNorm.Moving(mean, variance, golden.number("momentum"), unbiased);
    BatchNorm.training(golden.input("x"), null, null, golden.number("epsilon"), moving, false);
    double tolerance = Math.max(4 * kerasFloat32, 1e-6);
    close("moving mean", mean, golden.array("movingMeanAfter"), tolerance);
    close("moving variance", variance, varianceAfter, tolerance);
  }
}
