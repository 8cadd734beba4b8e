package io.octnet.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.octnet.autograd.Autograd;
import io.octnet.compute.Backend;
import io.octnet.compute.Compute;
import io.octnet.compute.ConvGeometry;
import io.octnet.compute.PoolGeometry;
import io.octnet.compute.ScalarCompute;
import io.octnet.compute.simd.SimdCompute;
import io.octnet.random.RandomStream;
import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** A batch norm computed with its neighbours is the same as one after another. */
class BatchNormFusionTest {
  private static final int CHANNELS = 16;
  private static final int K = 13;
  private static final float RATE = 0.25f;
  private static final long SEED = 11;

  private static Tensor random(long seed, int... dims) {
    Shape shape = Shape.of(dims);
    float[] data = new float[shape.size()];
    for (int i = 0; i < data.length; i++) {
      data[i] = 2 * RandomStream.uniform(seed, i) - 1;
    }
    return Tensor.of(shape, data).requireGrad(true);
  }

  /** All that may have a gradient, and the moving statistics. */
  private static final class Weights {
    final Tensor x = random(1, 2, 8, 6, 3);
    final Tensor kernel = random(2, 3, 3, 3, CHANNELS);
    final Tensor bias = random(3, CHANNELS);
    final Tensor gamma = random(4, CHANNELS);
    final Tensor beta = random(5, CHANNELS);
    final Tensor kernel2 = random(6, 3, 3, CHANNELS, K);
    final Tensor bias2 = random(7, K);
    final Tensor mean = Tensor.zeros(Shape.of(CHANNELS));
    final Tensor variance = Tensor.full(Shape.of(CHANNELS), 1);

    List<Tensor> learned() {
      return List.of(x, kernel, bias, gamma, beta, kernel2, bias2);
    }

    BatchNorm.Parameters norm() {
      return new BatchNorm.Parameters(
          gamma, beta, 1e-3, new BatchNorm.Moving(mean, variance, 0.75, true));
    }

    Conv2d.Parameters convolution(boolean relu) {
      return new Conv2d.Parameters(
          kernel, bias, ConvGeometry.same(2, 8, 6, 3, 3, 3, CHANNELS, 1, 1), relu);
    }

    Conv2d.Parameters second(boolean relu) {
      return new Conv2d.Parameters(kernel2, bias2, SECOND, relu);
    }

    /** Then read by a norm alone. */
    Tensor convolved(boolean relu, Function<Unnormalized, Tensor> norm) {
      Unnormalized y = Conv2d.forNorm(x, convolution(relu));
      Tensor z = norm.apply(y);
      y.release();
      return z;
    }

    Tensor normed(boolean relu) {
      Tensor y = Conv2d.conv2d(x, convolution(relu));
      Tensor z = BatchNorm.training(y, gamma, beta, 1e-3, norm().moving(), false);
      y.release();
      return z;
    }
  }

  /** Two ways to compute the same. */
  private interface Way {
    Tensor of(Weights w);
  }

  private static Tensor then(Tensor x, java.util.function.UnaryOperator<Tensor> op) {
    Tensor y = op.apply(x);
    x.release();
    return y;
  }

  private static final ConvGeometry SECOND = ConvGeometry.same(2, 8, 6, CHANNELS, 3, 3, K, 1, 1);
  private static final PoolGeometry TILES = PoolGeometry.valid(2, 8, 6, CHANNELS, 2, 2);
  private static final PoolGeometry OVERLAPPING = PoolGeometry.same(2, 8, 6, CHANNELS, 3, 2);

  private static Tensor pooled(Tensor z, PoolGeometry g) {
    return then(then(z, t -> MaxPool2d.maxPool2d(t, g)), t -> Dropout.dropout(t, RATE, SEED));
  }

  private static DynamicTest same(String name, Compute compute, Way fused, Way apart) {
    return DynamicTest.dynamicTest(
        name,
        () ->
            Backend.with(
                compute,
                () -> {
                  Weights one = new Weights();
                  Weights two = new Weights();
                  Tensor a = fused.of(one);
                  Tensor b = apart.of(two);
                  assertClose(a, b);
                  Tensor grad = random(9, a.shape().toArray());
                  Autograd.backward(a, grad);
                  Autograd.backward(b, grad);
                  a.release();
                  b.release();
                  for (int i = 0; i < one.learned().size(); i++) {
                    Tensor actual = one.learned().get(i);
                    Tensor expected = two.learned().get(i);
                    assertThat(actual.grad() == null).isEqualTo(expected.grad() == null);
                    if (expected.grad() != null) {
                      assertClose(actual.grad(), expected.grad());
                    }
                  }
                  assertClose(one.mean, two.mean);
                  assertClose(one.variance, two.variance);
                  one.learned().forEach(Tensor::zeroGrad);
                  two.learned().forEach(Tensor::zeroGrad);
                  assertThat(compute.pool().bytesInUse()).isZero();
                  return null;
                }));
  }

  @TestFactory
  Stream<DynamicTest> isTheSameAsOneAfterAnother() {
    List<DynamicTest> tests = new ArrayList<>();
    for (Compute compute : List.of(new ScalarCompute(), new SimdCompute(2))) {
      for (boolean relu : new boolean[] {false, true}) {
        String where = " on " + compute.description() + (relu ? ", relu before" : "");
        for (boolean between : new boolean[] {false, true}) {
          tests.add(
              same(
                  "convolution" + (between ? " behind a relu" : "") + where,
                  compute,
                  w ->
                      w.convolved(
                          relu,
                          y ->
                              BatchNormConv2d.batchNormConv2d(
                                  y, w.norm(), between, w.second(true))),
                  w ->
                      then(
                          between ? then(w.normed(relu), Relu::relu) : w.normed(relu),
                          z -> Conv2d.conv2d(z, w.second(true)))));
        }
        for (PoolGeometry g : List.of(TILES, OVERLAPPING)) {
          tests.add(
              same(
                  "max pool " + g.poolHeight() + where,
                  compute,
                  w ->
                      w.convolved(
                          relu,
                          y -> BatchNormMaxPool2d.batchNormMaxPool2d(y, w.norm(), g, RATE, SEED)),
                  w -> pooled(w.normed(relu), g)));
        }
        tests.add(
            same(
                "mean" + where,
                compute,
                w ->
                    w.convolved(
                        relu,
                        y -> BatchNormGlobalAveragePool.batchNormGlobalAveragePool(y, w.norm())),
                w -> then(w.normed(relu), GlobalAveragePool::globalAveragePool)));
        tests.add(
            same(
                "norm with the convolution's sums" + where,
                compute,
                w -> w.convolved(relu, y -> BatchNorm.training(y, w.norm(), false)),
                w -> w.normed(relu)));
      }
    }
    return tests.stream();
  }

  private static void assertClose(Tensor actual, Tensor expected) {
    assertThat(actual.shape()).isEqualTo(expected.shape());
    float largest = 0.5f; // of the terms, where they cancel
    for (float value : expected.toArray()) {
      largest = Math.max(largest, Math.abs(value));
    }
    for (int i = 0; i < expected.size(); i++) {
      assertThat(actual.data()[i]).isCloseTo(expected.data()[i], within(6e-6f * largest));
    }
  }

  @Test
  void leavesTheCallersGradientAlone() {
    Weights w = new Weights();
    Tensor z =
        w.convolved(true, y -> BatchNormConv2d.batchNormConv2d(y, w.norm(), true, w.second(false)));
    Tensor grad = random(9, z.shape().toArray());
    float[] before = grad.data().clone();
    Autograd.backward(z, grad);
    assertThat(grad.data()).isEqualTo(before);
  }

  @Test
  void aFrozenConvolutionGetsNoGradients() {
    Weights w = new Weights();
    List.of(w.x, w.kernel, w.bias, w.kernel2, w.bias2).forEach(t -> t.requireGrad(false));
    Tensor z =
        w.convolved(
            true, y -> BatchNormConv2d.batchNormConv2d(y, w.norm(), false, w.second(false)));
    Autograd.backward(z, random(9, z.shape().toArray()));
    assertThat(w.kernel.grad()).isNull();
    assertThat(w.kernel2.grad()).isNull();
    assertThat(w.gamma.grad()).isNotNull();
    assertThat(w.beta.grad()).isNotNull();
  }

  @Test
  void wrongShapesNameBoth() {
    Weights w = new Weights();
    BatchNorm.Parameters wrong = new BatchNorm.Parameters(random(4, 7), w.beta, 1e-3, null);
    Unnormalized y = Conv2d.forNorm(w.x, w.convolution(true));
    assertThatThrownBy(() -> BatchNormMaxPool2d.batchNormMaxPool2d(y, wrong, TILES, 0, 0))
        .hasMessageContaining("gamma")
        .hasMessageContaining("(16)")
        .hasMessageContaining("(7)");
  }

  @Test
  void whatLeftItsReluToANormIsForNobodyElse() {
    Weights w = new Weights();
    Unnormalized rectified = Conv2d.forNorm(w.x, w.convolution(true));
    assertThatThrownBy(rectified::tensor).hasMessageContaining("left to a batch norm");
    Unnormalized linear = Conv2d.forNorm(w.x, w.convolution(false));
    assertThat(linear.tensor().shape()).isEqualTo(Shape.of(2, 8, 6, CHANNELS));
  }
}
