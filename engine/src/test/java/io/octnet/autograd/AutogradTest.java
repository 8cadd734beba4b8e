package io.octnet.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.octnet.compute.ConvGeometry;
import io.octnet.ops.Add;
import io.octnet.ops.Conv2d;
import io.octnet.ops.Multiply;
import io.octnet.ops.Relu;
import io.octnet.ops.Scale;
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

  @Test
  void aTapeUsedTwiceIsRefusedWhereverItIsJoined() {
    Tensor h = Relu.relu(leaf(1));
    Autograd.backward(Scale.scale(h, 2));
    Tensor other = Scale.scale(h, 3);
    assertThatThrownBy(() -> Autograd.backward(other)).hasMessageContaining("through this Relu");
  }

  @Test
  void backwardNeedsAScalarOrAGradientOfTheOutputsShape() {
    Tensor x = Tensor.of(Shape.of(2), 1, 2).requireGrad(true);
    Tensor y = Relu.relu(x);
    assertThatThrownBy(() -> Autograd.backward(y))
        .hasMessageContaining("needs a scalar loss, received shape (2)");
    assertThatThrownBy(() -> Autograd.backward(y, Tensor.scalar(1)))
        .hasMessage("the gradient of the output must have shape (2), received ()");
    Autograd.backward(y, Tensor.of(Shape.of(2), 3, 5));
    assertThat(x.grad().data()).containsExactly(3, 5);
  }

  @Test
  void aLeafHasNoTape() {
    assertThatThrownBy(() -> Autograd.backward(leaf(1))).hasMessageContaining("it is a leaf");
    Tensor y = Relu.relu(Tensor.of(ONE, 1));
    assertThat(y.requiresGrad()).isFalse();
    assertThatThrownBy(() -> Autograd.backward(y)).hasMessageContaining("no input requires");
  }

  @Test
  void recordingResumesAfterNoGrad() {
    assertThat(Autograd.isRecording()).isTrue();
    assertThat(Autograd.<Boolean>noGrad(Autograd::isRecording)).isFalse();
    assertThat(Autograd.isRecording()).isTrue();
  }

  @Test
  void nothingFlowsThroughADetachedTensor() {
    Tensor x = leaf(3);
    Tensor y = Multiply.multiply(x, Relu.relu(x).detach());
    Autograd.backward(y);
    assertThat(x.grad().item()).isEqualTo(3);
  }

  @Test
  void gradientsOfFrozenLeavesAreNotKept() {
    Tensor x = leaf(3);
    Tensor frozen = leaf(5).requireGrad(false);
    Autograd.backward(Add.add(x, frozen));
    assertThat(x.grad().item()).isEqualTo(1);
    assertThat(frozen.grad()).isNull();
  }

  @Test
  void leavesNeverShareAGradient() {
    Tensor a = leaf(3);
    Tensor b = leaf(5);
    Autograd.backward(Add.add(a, b));
    assertThat(a.grad().data()).isNotSameAs(b.grad().data());
    float[] first = a.grad().data();
    Autograd.backward(Add.add(a, b));
    assertThat(a.grad().data()).isSameAs(first).containsExactly(2);
    assertThat(b.grad().data()).containsExactly(2);
  }

  @Test
  void aDeepChainDoesNotOverflowTheStack() {
    Tensor x = leaf(1);
    Tensor y = x;
    for (int i = 0; i < 50_000; i++) {
      y = Relu.relu(y);
    }
    Autograd.backward(y);
    assertThat(x.grad().item()).isEqualTo(1);
  }

  @Test
  void aDiamondOfManyPathsIsWalkedOnceAnEdge() {
    Tensor x = leaf(1);
    Tensor y = x;
    for (int i = 0; i < 20; i++) {
      y = Add.add(y, y); // 2^20 paths
    }
    Autograd.backward(y);
    assertThat(x.grad().item()).isEqualTo(1 << 20);
  }

  @Test
  void aRuleThatReturnsAWrongShapeIsNamed() {
    Tensor x = leaf(1);
    Tensor y =
        Autograd.record(
            Tensor.of(ONE, 1),
            new Node(new Tensor[] {x}) {
              @Override
              protected Tensor[] backward(Tensor gradOutput) {
                return new Tensor[] {Tensor.scalar(1)};
              }
            });
    assertThatThrownBy(() -> Autograd.backward(y))
        .hasMessageContaining("gradient of input 0 of")
        .hasMessageContaining("must have shape (1, 1, 1, 1), received ()");
  }

  @Test
  void aBranchWithoutGradientsIsSkipped() {
    Tensor x = leaf(1);
    Tensor h = Relu.relu(x);
    Tensor y =
        Autograd.record(
            Tensor.of(ONE, 1),
            new Node(new Tensor[] {h}) {
              @Override
              protected Tensor[] backward(Tensor gradOutput) {
                return new Tensor[] {null};
              }
            });
    Autograd.backward(y);
    assertThat(x.grad()).isNull();
  }

  @Test
  void whatANodeKeepsIsDisposedOfOnceWhetherItIsRecordedOrNot() {
    int[] disposed = {0};
    Tensor x = leaf(1);
    Tensor y = Autograd.record(Tensor.of(ONE, 1), counting(disposed, x));
    assertThat(disposed[0]).isZero();
    Autograd.backward(y);
    assertThat(disposed[0]).isEqualTo(1);
    Autograd.record(Tensor.of(ONE, 1), counting(disposed, Tensor.of(ONE, 1)));
    assertThat(disposed[0]).isEqualTo(2);
  }

  private static Node counting(int[] disposed, Tensor x) {
    return new Node(new Tensor[] {x, null}) {
      @Override
      protected Tensor[] backward(Tensor gradOutput) {
        return new Tensor[] {gradOutput.retain(), null};
      }

      @Override
      protected void dispose() {
        disposed[0]++;
      }
    };
  }

  private static Tensor custom(Tensor[] gradients) {
    final class Odd extends Node {
      Odd(Tensor x) {
        super(inputs(x, leaf(2)));
      }

      @Override
      protected Tensor[] backward(Tensor gradOutput) {
        return gradients;
      }
    }
    Tensor x = leaf(1);
    return Autograd.record(Tensor.of(ONE, 1), new Odd(x));
  }

  @Test
  void aRuleWithTooFewGradientsIsNamed() {
    assertThatThrownBy(() -> Autograd.backward(custom(null)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "backward of Odd must return one gradient for each of its 2 inputs, null for those that need none; it returned null");
    assertThatThrownBy(() -> Autograd.backward(custom(new Tensor[] {leaf(1)})))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageEndingWith("of its 2 inputs, null for those that need none; it returned 1");
  }
}
