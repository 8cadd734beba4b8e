package io.octnet.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PaceTest {
  @Test
  void longEpochsHaveKerasNumbers() {
    assertThat(Pace.of(678, 0)).isEqualTo(Pace.ARTICLE);
    assertThat(Pace.of(230, 0)).isEqualTo(Pace.ARTICLE);
  }

  @Test
  void shortEpochsFollowFasterAndWaitLonger() {
    Pace pace = Pace.of(22, 0);

    assertThat(pace.momentum()).isCloseTo(0.9, within(0.01));
    assertThat(pace.plateau()).isEqualTo(5);
    assertThat(pace.stop()).isEqualTo(9);
    assertThat(Pace.of(1, 0).momentum()).isCloseTo(0.1, within(1e-9));
  }

  @Test
  void shortEpochsComputeTheirStatisticsAnew() {
    assertThat(Pace.of(22, 0).freshExamples()).isPositive();
    assertThat(Pace.of(230, 0).freshExamples()).isZero();
    assertThat(Pace.article(0).freshExamples()).isZero();
  }

  @Test
  void fewImagesMakeSmallBatches() {
    assertThat(Pace.batchSize(43_350)).isEqualTo(64);
    assertThat(Pace.batchSize(2048)).isEqualTo(64);
    assertThat(Pace.batchSize(2047)).isEqualTo(32);
    assertThat(Pace.batchSize(577)).isEqualTo(16);
    assertThat(Pace.batchSize(1)).isEqualTo(16);
  }

  @Test
  void theUsersPatienceIsTaken() {
    assertThat(Pace.of(22, 2).stop()).isEqualTo(2);
    assertThat(Pace.article(5).stop()).isEqualTo(5);
  }
}
