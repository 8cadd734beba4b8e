package io.octnet.gradcheck;

import static org.assertj.core.api.Assertions.assertThat;

import io.octnet.compute.Backend;
import io.octnet.compute.Compute;
import io.octnet.compute.ComputeProvider;
import io.octnet.random.RandomStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Every op at many draws that no build has seen, on each back-end: {@code
 * -Doctnet.gradcheck.draws=100000}. A failure names the seed, which {@code -Doctnet.gradcheck.seed}
 * takes.
 */
@EnabledIfSystemProperty(named = "octnet.gradcheck.draws", matches = "\\d+")
class GradCheckDrawsTest {
  private static final int DRAWS = Integer.getInteger("octnet.gradcheck.draws", 0);
  private static final long SEED = Long.getLong("octnet.gradcheck.seed", System.nanoTime());

  @Test
  void everyOpAgreesWithCentralDifferences() {
    System.out.println("gradcheck: " + DRAWS + " draws of each op, seed " + SEED);
    List<String> failures = new ArrayList<>();
    for (ComputeProvider provider : Backend.providers()) {
      if (provider.priority() >= 0 && provider.unavailableBecause() == null) {
        try (Compute compute = provider.create(2)) {
          for (OpSpec spec : OpSpecs.ALL) {
            Backend.with(compute, () -> failures.addAll(check(spec, provider.name())));
          }
        }
      }
    }
    assertThat(failures).as("seed " + SEED).isEmpty();
  }

  private static List<String> check(OpSpec spec, String backend) {
    List<String> failures = new ArrayList<>();
    double worst = 0;
    for (int i = 0; i < DRAWS; i++) {
      long seed = RandomStream.derive(SEED, spec.name(), i);
      Trial trial = spec.draw().apply(Draw.random(seed));
      GradCheck.Outcome outcome = GradCheck.check(trial, seed);
      worst = Math.max(worst, outcome.error());
      if (!outcome.passed()) {
        failures.add(spec + " " + trial + " draw " + i + ": " + outcome + " on " + backend);
      }
    }
    System.out.println(
        backend + " " + spec + ": worst error " + worst + ", " + failures.size() + " failures");
    return failures;
  }
}
