package io.octnet.models;

import io.octnet.compute.Backend;
import io.octnet.compute.Compute;
import io.octnet.compute.simd.Algorithm;
import io.octnet.compute.simd.SimdCompute;
import io.octnet.text.Text;
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
 * by 1e-3 to 1e-2 of their norm, and from the second step on Adam makes full steps of that. Where
 * the traces' tolerances are much tighter, Keras had luck: noise of 3e-6 on the images moves the
 * third step's gradients of VGG16, computed by im2col, by as much as 10 %, as Winograd's rounding
 * does. Real mistakes are far above.
 *
 * @param factor of the tolerances
 * @param gradients the least tolerance of the first step's gradients, relative to their norm
 * @param laterGradients that of the gradients of later steps
 * @param later the least tolerance of losses and probabilities of later steps
 * @param slow whether it takes the cheap traces alone
 */
public record Rounding(
    String name,
    double factor,
    double gradients,
    double laterGradients,
    double later,
    boolean slow,
    Supplier<Compute> compute) {

  /** Those that run here. */
  public static List<Rounding> all() {
    int threads = Backend.defaultThreads();
    List<Rounding> all = new ArrayList<>();
    boolean simd =
        Backend.providers().stream()
            .anyMatch(p -> p.name().equals("simd") && p.unavailableBecause() == null);
    if (simd) {
      all.add(
          new Rounding(
              "im2col",
              4,
              2e-2,
              2e-1,
              1e-2,
              false,
              () -> new SimdCompute(threads, Algorithm.IM2COL)));
      all.add(
          new Rounding(
              "by shape", 8, 2e-2, 2e-1, 1e-2, false, () -> new SimdCompute(threads, null)));
    }
    all.add(new Rounding("scalar", 1, 0, 0, 0, simd, () -> Backend.create("scalar", 1)));
    return all;
  }

  /** Skips what a slow back-end would take too long for: more multiply-adds than the limit. */
  public void assumeAffordable(Model model, int batch, int steps, double limit) {
    double cost = (double) model.summary().trainingMultiplyAdds() * batch * steps;
    Assumptions.assumeTrue(
        !slow || cost <= limit,
        () -> Text.format("%.1e multiply-adds take the %s back-end too long", cost, name));
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
