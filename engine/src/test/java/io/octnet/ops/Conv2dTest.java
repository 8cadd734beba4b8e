package io.octnet.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.octnet.autograd.Autograd;
import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;
import org.junit.jupiter.api.Test;

class Conv2dTest {
  private final Tensor x = Tensor.of(Shape.of(1, 2, 2, 1), 1, 2, 3, 4);
  private final Tensor kernel = Tensor.of(Shape.of(1, 1, 1, 1), 10);
  private final Tensor bias = Tensor.of(Shape.of(1), -20);

  @Test
  void onlyWhatWantsAGradientGetsOne() {
    assertThat(gradient(x)).containsExactly(0, 0, 30, 40);
    assertThat(gradient(kernel)).containsExactly(3 * 3 + 4 * 4);
    assertThat(gradient(bias)).containsExactly(3 + 4);
  }

  /** The gradient of the one tensor that wants it; the others must have none. */
  private float[] gradient(Tensor wanted) {
    wanted.requireGrad(true);
    Tensor y = Conv2d.conv2d(x, kernel, bias, 1, Padding.SAME, true);
    assertThat(y.data()).containsExactly(0, 0, 10, 20);
    Autograd.backward(y, Tensor.of(y.shape(), 1, 2, 3, 4));
    float[] gradient = wanted.grad().data();
    wanted.requireGrad(false).setGrad(null);
    for (Tensor tensor : new Tensor[] {x, kernel, bias}) {
      assertThat(tensor.grad()).isNull();
    }
    return gradient;
  }

  @Test
  void samePaddingOfAnEvenSizeWithStrideTwoIsAtTheEndAlone() {
    Tensor sum = Tensor.full(Shape.of(3, 3, 1, 1), 1);
    Tensor y = Conv2d.conv2d(x, sum, null, 2, Padding.SAME, false);
    assertThat(y.data()).containsExactly(10);
    assertThat(Conv2d.conv2d(x, sum, null, 1, Padding.SAME, false).shape())
        .isEqualTo(Shape.of(1, 2, 2, 1));
  }
}
