package io.octnet.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.octnet.autograd.Autograd;
import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;
import org.junit.jupiter.api.Test;

class BatchNormTest {
  private static final Shape ONE = Shape.of(1);

  private static Tensor x() {
    return Tensor.of(Shape.of(4, 1), 1, 3, 5, 7).requireGrad(true); // mean 4, variance 5
  }

  @Test
  void trainingMovesTheStatisticsInPlace() {
    Tensor mean = Tensor.of(ONE, 2);
    Tensor variance = Tensor.of(ONE, 1);
    BatchNorm.training(
        x(), null, null, 0, new BatchNorm.Moving(mean, variance, 0.75, false), false);
    assertThat(mean.item()).isEqualTo(2.5f);
    assertThat(variance.item()).isEqualTo(2);
    BatchNorm.training(x(), null, null, 0, new BatchNorm.Moving(mean, variance, 0, true), false);
    assertThat(variance.item()).isEqualTo((float) (5 * 4 / 3.0));
  }

  @Test
  void theVarianceOfOneExampleIsZeroWhateverTheDivisor() {
    Tensor mean = Tensor.of(ONE, 0);
    Tensor variance = Tensor.of(ONE, 1);
    Tensor y =
        BatchNorm.training(
            Tensor.of(Shape.of(1, 1), 7),
            null,
            Tensor.of(ONE, 3),
            1e-3,
            new BatchNorm.Moving(mean, variance, 0, true),
            false);
    assertThat(variance.item()).isZero();
    assertThat(mean.item()).isEqualTo(7);
    assertThat(y.item()).isEqualTo(3);
  }

  @Test
  void inferenceUsesTheMovingStatisticsAndLeavesThem() {
    Tensor mean = Tensor.of(ONE, 1);
    Tensor variance = Tensor.of(ONE, 4);
    Tensor y =
        BatchNorm.inference(x(), Tensor.of(ONE, 2), Tensor.of(ONE, -3), mean, variance, 0, true);
    assertThat(y.data()).containsExactly(0, 0, 1, 3);
    assertThat(mean.item()).isEqualTo(1);
    assertThat(variance.item()).isEqualTo(4);
  }

  @Test
  void aFrozenNormPassesGradientsOnToItsInputAlone() {
    Tensor x = x();
    Tensor gamma = Tensor.of(ONE, 2);
    Tensor y = BatchNorm.inference(x, gamma, null, Tensor.of(ONE, 1), Tensor.of(ONE, 4), 0, false);
    Autograd.backward(y, Tensor.of(Shape.of(4, 1), 1, 2, 3, 4));
    assertThat(x.grad().data()).containsExactly(1, 2, 3, 4);
    assertThat(gamma.grad()).isNull();
  }

  @Test
  void parametersOfANormOverConstantsStillGetGradients() {
    Tensor x = x().requireGrad(false);
    Tensor gamma = Tensor.of(ONE, 2).requireGrad(true);
    Tensor beta = Tensor.of(ONE, 0).requireGrad(true);
    for (boolean training : new boolean[] {true, false}) {
      Tensor y =
          training
              ? BatchNorm.training(x, gamma, beta, 0, null, false)
              : BatchNorm.inference(x, gamma, beta, Tensor.of(ONE, 4), Tensor.of(ONE, 5), 0, false);
      Autograd.backward(y, Tensor.of(Shape.of(4, 1), 1, 1, 1, 2));
      assertThat(beta.grad().item()).isEqualTo(5);
      assertThat(gamma.grad().item()).isCloseTo((float) (3 / Math.sqrt(5)), within(1e-6f));
      gamma.zeroGrad();
      beta.zeroGrad();
    }
  }

  @Test
  void eachParameterGetsItsGradientWithoutTheOther() {
    Tensor x = x().requireGrad(false);
    Tensor mean = Tensor.of(ONE, 4);
    Tensor variance = Tensor.of(ONE, 4);
    Tensor dy = Tensor.of(Shape.of(4, 1), 1, 1, 1, 2);
    Tensor gamma = Tensor.of(ONE, 2).requireGrad(true);
    Autograd.backward(BatchNorm.inference(x, gamma, null, mean, variance, 0, false), dy);
    assertThat(gamma.grad().item()).isEqualTo(1.5f);
    Tensor beta = Tensor.of(ONE, 0).requireGrad(true);
    Autograd.backward(BatchNorm.inference(x, null, beta, mean, variance, 0, false), dy);
    assertThat(beta.grad().item()).isEqualTo(5);
  }
}
