package io.octnet.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;
import org.junit.jupiter.api.Test;

class DropoutTest {
  private static final Tensor ONES = Tensor.full(Shape.of(100, 101), 1);

  @Test
  void dropsTheRateAndScalesTheRest() {
    float[] y = Dropout.dropout(ONES, 0.75f, 7).data();
    int kept = 0;
    for (float value : y) {
      assertThat(value == 0 || value == 4).isTrue();
      kept += value == 0 ? 0 : 1;
    }
    // 10,100 draws: standard deviation 0.0043
    assertThat((double) kept / y.length).isCloseTo(0.25, within(0.02));
  }

  @Test
  void aRateOfZeroKeepsEverything() {
    assertThat(Dropout.dropout(ONES, 0, 7).data()).containsOnly(1);
  }

  @Test
  void theSeedDecides() {
    float[] y = Dropout.dropout(ONES, 0.5f, 7).data();
    assertThat(Dropout.dropout(ONES, 0.5f, 7).data()).isEqualTo(y);
    assertThat(Dropout.dropout(ONES, 0.5f, 8).data()).isNotEqualTo(y);
  }
}
