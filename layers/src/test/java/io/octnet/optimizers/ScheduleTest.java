package io.octnet.optimizers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.octnet.layers.Parameter;
import io.octnet.layers.TestWeights;
import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScheduleTest {

  @Test
  void exponentialDecayHalvesEverySoManySteps() {
    Schedule smooth = new Schedule.ExponentialDecay(0.8, 10, 0.5, false);
    Schedule stairs = new Schedule.ExponentialDecay(0.8, 10, 0.5, true);
    assertThat(smooth.at(20)).isCloseTo(0.2, within(1e-12));
    assertThat(smooth.at(5)).isCloseTo(0.8 * Math.sqrt(0.5), within(1e-12));
    assertThat(stairs.at(9)).isEqualTo(0.8);
    assertThat(stairs.at(10)).isEqualTo(0.4);
  }

  @Test
  void cosineDecayWarmsUpAndEndsAtItsFloor() {
    Schedule cosine = new Schedule.CosineDecay(0.1, 100, 0.01, 10);
    assertThat(cosine.at(0)).isZero();
    assertThat(cosine.at(5)).isCloseTo(0.05, within(1e-12));
    assertThat(cosine.at(10)).isCloseTo(0.1, within(1e-12));
    assertThat(cosine.at(60)).isCloseTo(0.1 * (0.99 * 0.5 + 0.01), within(1e-12));
    assertThat(cosine.at(10_000)).isCloseTo(0.001, within(1e-12));
  }

  @Test
  void piecewiseRatesChangeAfterTheirBoundary() {
    Schedule pieces =
        new Schedule.PiecewiseConstantDecay(new long[] {3, 7}, new double[] {1, 0.5, 0.1});
    assertThat(pieces.at(3)).isEqualTo(1);
    assertThat(pieces.at(4)).isEqualTo(0.5);
    assertThat(pieces.at(8)).isEqualTo(0.1);
    assertThatThrownBy(() -> new Schedule.PiecewiseConstantDecay(new long[] {3}, new double[] {1}))
        .hasMessageContaining("1 boundaries need 2 rates, received 1");
  }

  @Test
  void anOptimizerFollowsItsSchedule() {
    Parameter w = TestWeights.of("w", 1);
    Optimizer sgd =
        new SGD(1)
            .schedule(
                new Schedule.PiecewiseConstantDecay(new long[] {0}, new double[] {0.5, 0.25}));
    for (int step = 0; step < 2; step++) {
      w.tensor().setGrad(Tensor.of(Shape.of(1), 1));
      sgd.step(List.of(w));
    }
    assertThat(w.tensor().data()[0]).isEqualTo(0.25f);
    assertThatThrownBy(() -> sgd.setLearningRate(0.1f)).hasMessageContaining("schedule");
  }

  /** The first step of Adam is the learning rate itself, but for 2e-5 of it. */
  @Test
  void weightDecayIsDecoupledFromTheGradient() {
    Parameter w = TestWeights.of("w", 1);
    w.tensor().setGrad(Tensor.of(Shape.of(1), 0.5f));
    new AdamW(0.1, 0.04).step(List.of(w));
    assertThat(w.tensor().data()[0]).isCloseTo(1 - 0.1f * 0.04f - 0.1f, within(3e-6f));
  }

  @Test
  void aStateOfAnotherModelIsRefused() {
    Parameter w = TestWeights.of("w", 1, 2);
    Optimizer adam = new Adam();
    adam.restore(3, 0.1f, java.util.Map.of("m/w/value", new float[5]));
    w.tensor().setGrad(Tensor.of(Shape.of(2), 1, 1));
    assertThatThrownBy(() -> adam.step(List.of(w))).hasMessageContaining("of another model");
  }
}
