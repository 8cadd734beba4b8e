package io.octnet.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ShapeTest {
  @Test
  void countsElementsAndPrintsLikeNumPy() {
    Shape shape = Shape.of(2, 3, 5);
    assertThat(shape.size()).isEqualTo(30);
    assertThat(shape.dim(-1)).isEqualTo(5);
    assertThat(shape).hasToString("(2, 3, 5)").isEqualTo(Shape.of(2, 3, 5));
    assertThat(Shape.scalar().size()).isEqualTo(1);
  }

  @Test
  void refusesEmptyAxesAndSizesThatNoArrayHolds() {
    assertThatThrownBy(() -> Shape.of(2, 0)).hasMessageContaining("axis of length 0");
    assertThatThrownBy(() -> Shape.of(1 << 16, 1 << 16)).hasMessageContaining("too many elements");
  }
}
