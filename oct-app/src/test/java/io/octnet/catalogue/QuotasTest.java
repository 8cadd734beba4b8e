package io.octnet.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class QuotasTest {
  @Test
  void theArticlesSixtyThousandAreCutAsItCutThem() {
    assertThat(Quotas.of(60_000, 0.7225, 0.1275, 0.15)).containsExactly(43_350, 7_650, 9_000);
    assertThat(Quotas.of(100, 0.7, 0.15, 0.15)).containsExactly(70, 15, 15);
    assertThat(Quotas.of(1, 1, 1)).containsExactly(1, 0);
  }

  @Property(tries = 200)
  void partsAddUpAndAreWithinOneOfTheirShare(
      @ForAll @IntRange(max = 100_000) int total,
      @ForAll @Size(min = 1, max = 9) List<@DoubleRange(min = 0.01, max = 50) Double> shares) {
    double[] weights = shares.stream().mapToDouble(Double::doubleValue).toArray();
    int[] parts = Quotas.of(total, weights);
    assertThat(Arrays.stream(parts).sum()).isEqualTo(total);
    double sum = Arrays.stream(weights).sum();
    for (int i = 0; i < parts.length; i++) {
      assertThat(Math.abs(parts[i] - total * weights[i] / sum)).isLessThanOrEqualTo(1.0001);
    }
  }
}
