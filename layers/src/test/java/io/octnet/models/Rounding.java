package io.octnet.models;

import io.octnet.compute.Backend;
import io.octnet.compute.Compute;
import io.octnet.compute.simd.Algorithm;
import io.octnet.compute.simd.SimdCompute;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.function.Executable;

/**
 * The back-ends that replay traces, and how far each may exceed the tolerances, which are four
 * times what Keras's float32 strayed in one run.
 *
 * <p>The scalar back-end, which sums in double, may not at all. The others sum in float, in an
 * order that depends on the width of vectors, and Winograd's algorithm rounds three to four times
 * as coarsely. That is enough to decide a ReLU or a pooling winner otherwise, which moves gradients
 * by 1e-3 to 1e-2 of their norm (one such moved VGG16's by 6e-3 while its logits agreed to 1.5e-5),
 * and from the second step on Adam makes full steps of that: probabilities were 2e-3 off after two.
 * Keras's float32 strays as far in cnn3_64 and cnn7_64, and had more luck elsewhere. Real mistakes
 * are far above.
 *
 * @param factor of the tolerances
 * @param gradients the least tolerance of gradients, relative to their norm
 * @param later the least tolerance of losses and probabilities after the first step
 * @param limit of multiply-adds, for back-ends that would take minutes
 */
public record Rounding(
    String name,
    double factor,
    double gradients,
    double later,
    double limit,
    Supplier<Compute> compute) {

  /** Those that run here. */
  public static List<Rounding> all() {
    int threads = Backend.defaultThreads();
    List<Rounding> all = new ArrayList<>();
    boolean simd =
        Backend.providers().stream()
            .anyMatch(p -> p.name().equals("simd") && p.unavailableBecause() == null);
    double none = Double.POSITIVE_INFINITY;
    if (simd) {
      all.add(
          new Rounding(
              "im2col", 4, 2e-2, 1e-2, none, () -> new SimdCompute(threads, Algorithm.IM2COL)));
      all.add(new Rounding("by shape", 8, 2e-2, 1e-2, none, () -> new SimdCompute(threads, null)));
    }
    all.add(new Rounding("scalar", 1, 0, 0, simd ? 2e10 : none, () -> Backend.create("scalar", 1)));
    return all;
  }

  /** Skips what this back-end would take too long for. */
  public void assumeAffordable(Model model, int batch, int steps) {
    double cost = (double) model.summary().trainingMultiplyAdds() * batch * steps;
    Assumptions.assumeTrue(
        cost <= limit,
        () -> "%.1e multiply-adds take the %s back-end too long".formatted(cost, name));
  }

  /** A test on this back-end. */
  public DynamicTest test(String test, Executable executable) {
    return DynamicTest.dynamicTest(
        test,
        () -> {
          try (Compute own = compute.get()) {
            Backend.with(
                own,
                () -> {
                  run(executable);
                  return null;
                });
          }
        });
  }

  private static void run(Executable executable) throws Exception {
    try {
      executable.execute();
    } catch (Exception | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  /** Its tests together. */
  public DynamicContainer container(Stream<DynamicTest> tests) {
    return DynamicContainer.dynamicContainer(name, tests);
  }
}
