package io.octnet.training;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StageTest {
  @Test
  void whatIsLeftIsToldOnceItCanBe() {
    assertThat(Stage.text("reading", 1, 800, 0.2)).isEqualTo("reading: 1 of 800");
    assertThat(Stage.text("reading", 200, 800, 10)).isEqualTo("reading: 200 of 800, 30 s left");
    assertThat(Stage.text("reading", 80, 800, 20)).isEqualTo("reading: 80 of 800, 3:00 min left");
    assertThat(Stage.text("reading", 1, 801, 9)).isEqualTo("reading: 1 of 801, 2:00 h left");
    assertThat(Stage.text("reading", 800, 800, 20)).isEqualTo("reading: 800 of 800");
  }
}
