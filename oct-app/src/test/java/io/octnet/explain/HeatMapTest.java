package io.octnet.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.octnet.images.Raster8;
import org.junit.jupiter.api.Test;

class HeatMapTest {
  private static final HeatMap SLOPE = new HeatMap(1, 2, new float[] {0, 1});

  @Test
  void growsBetweenTheMiddlesOfItsPlaces() {
    assertThat(SLOPE.resize(1, 4).values()).containsExactly(0, 0.25f, 0.75f, 1);
    assertThat(SLOPE.resize(3, 2).values()).containsExactly(0, 1, 0, 1, 0, 1);
  }

  @Test
  void staysAsItIsInItsOwnSize() {
    HeatMap map = new HeatMap(2, 3, new float[] {0, 0.5f, 1, 0.25f, 0.75f, 0});
    assertThat(map.resize(2, 3).values()).containsExactly(map.values());
  }

  @Test
  void wrongCountsAreRefused() {
    assertThatThrownBy(() -> new HeatMap(2, 3, new float[5]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected 2 x 3 values, received 5");
  }

  @Test
  void noHeatLeavesTheScanAndALineGoesRoundTheHotHalf() {
    Raster8 scan = new Raster8(8, 1, 1, new byte[] {9, 9, 9, 9, 9, 9, 9, 9});

    byte[] cold = Overlay.paint(scan, new HeatMap(1, 1, new float[] {0})).bytes();
    Raster8 warm = Overlay.paint(scan, SLOPE);

    assertThat(cold).containsOnly(9);
    assertThat(warm.sample(0, 0, 0)).isEqualTo(9);
    assertThat(warm.sample(4, 0, 1)).isCloseTo(206, within(1)); // 0.8 * 255 + 0.2 * 9: the line
    assertThat(warm.sample(7, 0, 0)).isGreaterThan(warm.sample(7, 0, 2)); // yellow
  }
}
