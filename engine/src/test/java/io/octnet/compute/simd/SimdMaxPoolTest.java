package io.octnet.compute.simd;

import static org.assertj.core.api.Assertions.assertThat;

import io.octnet.compute.Compute;
import io.octnet.compute.PoolGeometry;
import io.octnet.compute.ScalarCompute;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;

/** The same bits as the definition: windows with gaps, side by side, overlapping, cut off. */
class SimdMaxPoolTest {
  private static final Compute SCALAR = new ScalarCompute();
  private static final Compute SIMD = new SimdCompute(2);

  @AfterContainer
  static void stop() {
    SIMD.close();
  }

  @Provide
  Arbitrary<PoolGeometry> geometries() {
    return Combinators.combine(
            Arbitraries.integers().between(1, 3),
            Arbitraries.of(16, 17, 19, 31), // the largest window fits
            Arbitraries.of(16, 18, 23, 31),
            Arbitraries.of(1, 3, 8, 13, 16, 37),
            Arbitraries.of(1, 2, 3, 12, 16), // 144 and 256 places are no signed bytes
            Arbitraries.integers().between(1, 4),
            Arbitraries.of(true, false))
        .as(
            (n, h, w, c, pool, stride, same) ->
                same
                    ? PoolGeometry.same(n, h, w, c, pool, stride)
                    : PoolGeometry.valid(n, h, w, c, pool, stride));
  }

  @Property(tries = 300)
  void agreesWithTheDefinition(@ForAll("geometries") PoolGeometry g, @ForAll long seed) {
    float[] x = few(g.inputSize(), new Random(seed));
    float[] dy = few(g.outputSize(), new Random(seed + 1));
    float[][] y = new float[2][g.outputSize()];
    float[][] dx = new float[2][g.inputSize()];
    byte[][] argmax = new byte[2][g.outputSize()];
    for (int i = 0; i < 2; i++) {
      Compute compute = i == 0 ? SCALAR : SIMD;
      Arrays.fill(dx[i], 7); // nothing of what was there may stay
      compute.maxPool(g, x, y[i], argmax[i]);
      compute.maxPoolBackward(g, finite(dy), argmax[i], dx[i]);
    }
    assertThat(y[1]).isEqualTo(y[0]);
    assertThat(argmax[1]).isEqualTo(argmax[0]);
    for (int i = 0; i < dx[0].length; i++) {
      assertThat(dx[1][i]).isEqualTo(dx[0][i] + 0f);
    }
  }

  /** Few values, so that many are equal, and now and then no number. */
  private static float[] few(int n, Random random) {
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      int value = random.nextInt(9) - 4;
      values[i] = random.nextInt(50) == 0 ? Float.NaN : value;
    }
    return values;
  }

  private static float[] finite(float[] values) {
    float[] result = values.clone();
    for (int i = 0; i < result.length; i++) {
      result[i] = Float.isNaN(result[i]) ? 5 : result[i];
    }
    return result;
  }
}
