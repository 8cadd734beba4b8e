package io.octnet.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.octnet.autograd.Autograd;
import io.octnet.compute.Backend;
import io.octnet.compute.ConvGeometry;
import io.octnet.compute.ScalarCompute;
import io.octnet.random.RandomStream;
import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Conv2dBatchNormTest {
  private static final int CHANNELS = 5;

  private static Tensor random(long seed, int... dims) {
    Shape shape = Shape.of(dims);
    float[] data = new float[shape.size()];
    for (int i = 0; i < data.length; i++) {
      data[i] = 2 * RandomStream.uniform(seed, i) - 1;
    }
    return Tensor.of(shape, data).requireGrad(true);
  }

  /** x, kernel, bias, gamma, beta; moving mean, moving variance. */
  private static List<Tensor> tensors() {
    return List.of(
        random(1, 2, 7, 6, 3),
        random(2, 3, 3, 3, CHANNELS),
        random(3, CHANNELS),
        random(4, CHANNELS),
        random(5, CHANNELS),
        Tensor.zeros(Shape.of(CHANNELS)),
        Tensor.full(Shape.of(CHANNELS), 1));
  }

  private static BatchNorm.Moving moving(List<Tensor> t) {
    return new BatchNorm.Moving(t.get(5), t.get(6), 0.75, true);
  }

  private static Tensor fused(List<Tensor> t, boolean before, boolean after) {
    return Conv2dBatchNorm.conv2dBatchNorm(
        t.get(0),
        new Conv2dBatchNorm.Parameters(t.get(1), t.get(2), t.get(3), t.get(4)),
        ConvGeometry.same(2, 7, 6, 3, 3, 3, CHANNELS, 1, 1),
        before,
        1e-3,
        moving(t),
        after);
  }

  private static Tensor apart(List<Tensor> t, boolean before, boolean after) {
    Tensor y = Conv2d.conv2d(t.get(0), t.get(1), t.get(2), 1, Padding.SAME, before);
    Tensor z = BatchNorm.training(y, t.get(3), t.get(4), 1e-3, moving(t), after);
    y.release();
    return z;
  }

  @ParameterizedTest
  @CsvSource({"false, false", "true, false", "false, true", "true, true"})
  void isConvolutionAndNormOneAfterAnother(boolean before, boolean after) {
    List<Tensor> one = tensors();
    List<Tensor> two = tensors();
    Tensor fused = fused(one, before, after);
    Tensor apart = apart(two, before, after);
    Tensor grad = random(9, 2, 7, 6, CHANNELS);
    Autograd.backward(fused, grad);
    Autograd.backward(apart, grad);
    assertClose(fused.data(), apart.data());
    for (int i = 0; i < 5; i++) {
      assertClose(one.get(i).grad().data(), two.get(i).grad().data());
    }
    assertClose(one.get(5).data(), two.get(5).data());
    assertClose(one.get(6).data(), two.get(6).data());
  }

  private static void assertClose(float[] actual, float[] expected) {
    float largest = 1e-3f;
    for (float value : expected) {
      largest = Math.max(largest, Math.abs(value));
    }
    for (int i = 0; i < expected.length; i++) {
      assertThat(actual[i]).isCloseTo(expected[i], within(4e-6f * largest));
    }
  }

  @Test
  void givesBackItsBuffersAndLeavesTheCallersGradientAlone() throws Exception {
    try (ScalarCompute compute = new ScalarCompute()) {
      Backend.with(
          compute,
          () -> {
            List<Tensor> t = tensors();
            Tensor grad = random(9, 2, 7, 6, CHANNELS);
            float[] before = grad.data().clone();
            Tensor z = fused(t, true, true);
            z.retain();
            z.release();
            Autograd.backward(z, grad);
            z.release();
            assertThat(grad.data()).isEqualTo(before);
            t.forEach(Tensor::zeroGrad);
            assertThat(compute.pool().bytesInUse()).isZero();
            return null;
          });
    }
  }

  @Test
  void aFrozenConvolutionGetsNoGradients() {
    List<Tensor> t = tensors();
    t.subList(0, 3).forEach(tensor -> tensor.requireGrad(false));
    Autograd.backward(fused(t, true, false), random(9, 2, 7, 6, CHANNELS));
    assertThat(t.subList(0, 3)).allMatch(tensor -> tensor.grad() == null);
    assertThat(t.subList(3, 5)).allMatch(tensor -> tensor.grad() != null);
  }

  @Test
  void wrongShapesNameBoth() {
    List<Tensor> t = tensors();
    assertThatThrownBy(
            () ->
                Conv2dBatchNorm.conv2dBatchNorm(
                    t.get(0),
                    new Conv2dBatchNorm.Parameters(t.get(1), t.get(2), random(4, 7), t.get(4)),
                    ConvGeometry.same(2, 7, 6, 3, 3, 3, CHANNELS, 1, 1),
                    true,
                    1e-3,
                    null,
                    false))
        .hasMessageContaining("gamma")
        .hasMessageContaining("(5)")
        .hasMessageContaining("(7)");
  }
}
