package io.octnet.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.octnet.benchmarks.ConvCase.Direction;
import io.octnet.compute.Compute;
import io.octnet.compute.ScalarCompute;
import io.octnet.zoo.FineTune;
import io.octnet.zoo.Network;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is computed from measurements; how fast things are is not tested. */
class BenchmarksTest {
  @Test
  void theMedianAndTheSpreadOfTimes() {
    Timing timing = Timing.of(new double[] {3, 1, 2, 10, 2});
    assertThat(timing.median()).isEqualTo(2);
    assertThat(timing.spread()).isEqualTo(4.5);
  }

  @Test
  void theExponentOfAPowerLaw() {
    List<double[]> points =
        List.of(
            new double[] {Math.log(1), Math.log(3)},
            new double[] {Math.log(2), Math.log(12)},
            new double[] {Math.log(4), Math.log(48)});
    assertThat(ScalingBenchmark.slope(points)).isCloseTo(2, within(1e-12));
  }

  @Test
  void theGuardNamesWhatIsSlowerThanTheNoise() throws IOException {
    List<String> before =
        List.of(
            "512,shape,direction,algorithm,ms,GFLOP/s,of peak,spread",
            "512,a,forward,DIRECT,1,1,0.80,3 %",
            "512,b,forward,DIRECT,1,1,0.80,3 %",
            "256,sgemm 1024,,,1,1,0.80,3 %");
    List<String> now =
        List.of("512,a,forward,DIRECT,1,1,0.60,3 %", "512,b,forward,DIRECT,1,1,0.70,3 %");
    Map<String, Double> shares = RegressionGuard.read(before);
    assertThat(shares).hasSize(3).containsKey("256-bit sgemm 1024");
    assertThat(RegressionGuard.slower(shares, RegressionGuard.read(now)))
        .containsExactly("512-bit a forward DIRECT: 0.60 of the peak, was 0.80");
    assertThatThrownBy(() -> RegressionGuard.read(List.of("x")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("'x'");
  }

  @Test
  void aCaseComputesEachDirection() {
    ConvCase each = ConvCase.same(1, 5, 3, 3, 4, 2);
    try (Compute scalar = new ScalarCompute()) {
      for (Direction direction : Direction.values()) {
        float[] out = each.run(scalar, direction);
        assertThat(out[each.size(direction) - 1]).isNotZero();
      }
    }
    assertThat(each.name).isEqualTo("3x3 3>4 @5 /2");
    assertThat(each.flops()).isEqualTo(2.0 * 3 * 3 * 27 * 4);
  }

  @Test
  void aJobTrainsAsManyStepsAsAsked() {
    assertThat(Jobs.trainingSteps(Network.CNN3, FineTune.ALL, 2, 8, 4)).hasSize(4);
  }
}
