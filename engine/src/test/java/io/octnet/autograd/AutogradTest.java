package io.octnet.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.octnet.compute.ConvGeometry;
import io.octnet.ops.Conv2d;
import io.octnet.ops.Relu;
import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;
import org.junit.jupiter.api.Test;

class AutogradTest {
  private static final ConvGeometry POINT = ConvGeometry.same(1, 1, 1, 1, 1, 1, 1, 1, 1);
  private static final Shape ONE = Shape.of(1, 1, 1, 1);

  private static Tensor leaf(float value) {
    return Tensor.of(ONE, value).requireGrad(true);
  }

  @Test
  void gradientsOfAProductReachBothFactors() {
    Tensor x = leaf(3);
    Tensor kernel = leaf(5);
    Tensor y = Conv2d.conv2d(x, kernel, null, POINT, false);
    Autograd.backward(y);
    assertThat(y.item()).isEqualTo(15);
    assertThat(x.grad().item()).isEqualTo(5);
    assertThat(kernel.grad().item()).isEqualTo(3);
  }

  @Test
  void aTensorUsedTwiceGetsBothGradients() {
    Tensor x = leaf(3);
    Tensor square = Conv2d.conv2d(x, x, null, POINT, false);
    Autograd.backward(Relu.relu(square));
    assertThat(x.grad().item()).isEqualTo(6);
  }

  @Test
  void gradientsOfTwoPassesAccumulateUntilTheyAreZeroed() {
    Tensor x = leaf(3);
    Autograd.backward(Relu.relu(x));
    Autograd.backward(Relu.relu(x));
    assertThat(x.grad().item()).isEqualTo(2);
    x.zeroGrad();
    assertThat(x.grad()).isNull();
  }

  @Test
  void aUsedTapeIsRefused() {
    Tensor y = Relu.relu(leaf(1));
    Autograd.backward(y);
    assertThatThrownBy(() -> Autograd.backward(y))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("already run through this Relu");
  }

  @Test
  void nothingIsRecordedInNoGrad() {
    Tensor y = Autograd.noGrad(() -> Relu.relu(leaf(1)));
    assertThat(y.requiresGrad()).isFalse();
    assertThatThrownBy(() -> Autograd.backward(y))
        .hasMessageContaining("no operation was recorded");
  }
}
