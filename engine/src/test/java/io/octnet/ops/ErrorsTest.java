package io.octnet.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.octnet.autograd.Autograd;
import io.octnet.autograd.NonFiniteLossException;
import io.octnet.compute.ConvGeometry;
import io.octnet.compute.PoolGeometry;
import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the ops refuse: each message names the op, what was received, and what was expected. */
class ErrorsTest {
  private static final Tensor IMAGE = zeros(2, 5, 4, 3);

  private static Tensor zeros(int... dims) {
    return Tensor.zeros(Shape.of(dims));
  }

  private static AbstractThrowableAssert<?, ?> refused(ThrowingCallable call) {
    return assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shapesThatDoNotFitAreBothNamedTogetherWithTheOp() {
    refused(() -> Conv2d.conv2d(IMAGE, zeros(3, 3, 4, 8), null, 1, Padding.SAME, false))
        .hasMessage(
            "conv2d: x of shape (2, 5, 4, 3) has 3 channels, kernel of shape (3, 3, 4, 8) takes 4");
    refused(() -> Conv2d.conv2d(IMAGE, zeros(3, 3, 3, 8), zeros(7), 1, Padding.SAME, false))
        .hasMessage("conv2d: bias must have shape (8), received (7)");
    refused(() -> Dense.dense(zeros(2, 5), zeros(4, 3), null, false))
        .hasMessage("dense: x of shape (2, 5) has 5 features, kernel of shape (4, 3) takes 4");
    refused(() -> Dense.dense(zeros(2, 4), zeros(4, 3), zeros(4), false))
        .hasMessage("dense: bias must have shape (3), received (4)");
    refused(() -> MatMul.matMul(zeros(2, 5), zeros(4, 3)))
        .hasMessage(
            "matmul: a of shape (2, 5) has 5 columns, b of shape (4, 3) has 4 rows; they must be equal");
    refused(() -> Add.add(zeros(2, 3), zeros(2, 4)))
        .hasMessage(
            "add: shapes (2, 3) and (2, 4) cannot be broadcast together: axis -1 has length 3 and 4");
    refused(() -> Multiply.multiply(zeros(2, 3), zeros(3, 3))).hasMessageStartingWith("multiply: ");
    refused(() -> Subtract.subtract(zeros(2, 3), zeros(3, 3)))
        .hasMessageStartingWith("subtract: shapes (2, 3) and (3, 3)");
    refused(() -> MatMul.matMul(zeros(2, 3, 3), zeros(3, 3, 3)))
        .hasMessageStartingWith("matmul: shapes (2) and (3)");
    refused(() -> BroadcastTo.broadcastTo(zeros(2, 3), Shape.of(3)))
        .hasMessage("broadcast_to: x of shape (2, 3) cannot be repeated to shape (3)");
    refused(() -> BiasAdd.biasAdd(IMAGE, zeros(4)))
        .hasMessage("bias_add: bias for x (2, 5, 4, 3) must have shape (3), received (4)");
    refused(() -> BatchNorm.training(IMAGE, zeros(4), null, 1e-3, null, false))
        .hasMessage("batch_norm: gamma for x (2, 5, 4, 3) must have shape (3), received (4)");
    refused(() -> BatchNorm.training(IMAGE, null, zeros(1, 3), 1e-3, null, false))
        .hasMessage("batch_norm: beta for x (2, 5, 4, 3) must have shape (3), received (1, 3)");
    refused(() -> BatchNorm.inference(IMAGE, null, null, zeros(3), zeros(2), 1e-3, false))
        .hasMessage("batch_norm: the moving variance must have shape (3), received (2)");
    refused(() -> BatchNorm.inference(IMAGE, null, null, zeros(2), zeros(3), 1e-3, false))
        .hasMessage("batch_norm: the moving mean must have shape (3), received (2)");
    BatchNorm.Moving meanTooShort = new BatchNorm.Moving(zeros(2), zeros(3), 0.9, false);
    refused(() -> BatchNorm.training(IMAGE, null, null, 1e-3, meanTooShort, false))
        .hasMessage("batch_norm: the moving mean must have shape (3), received (2)");
    BatchNorm.Moving varianceTooShort = new BatchNorm.Moving(zeros(3), zeros(2), 0.9, false);
    refused(() -> BatchNorm.training(IMAGE, null, null, 1e-3, varianceTooShort, false))
        .hasMessage("batch_norm: the moving variance must have shape (3), received (2)");
    refused(() -> Concatenate.concatenate(-1, IMAGE, zeros(2, 5, 5, 3)))
        .hasMessage("concatenate: shapes (2, 5, 4, 3) and (2, 5, 5, 3) must agree but for axis 3");
    refused(() -> Concatenate.concatenate(0, zeros(2, 3), zeros(2)))
        .hasMessage("concatenate: shapes (2, 3) and (2) must agree but for axis 0");
    refused(() -> Reshape.reshape(IMAGE, Shape.of(7, 17)))
        .hasMessage("reshape: x of shape (2, 5, 4, 3) has 120 elements, shape (7, 17) needs 119");
    refused(() -> MeanSquaredError.meanSquaredError(zeros(2, 3), zeros(3, 2)))
        .hasMessage("mean_squared_error: target for x must have shape (2, 3), received (3, 2)");
    refused(
            () ->
                SoftmaxCrossEntropy.softmaxCrossEntropy(zeros(2, 4), Targets.of(new int[] {0}, 4)))
        .hasMessage(
            "softmax_cross_entropy: logits has shape (2, 4), the targets (1, 4); they must be equal");
    refused(() -> CrossEntropy.crossEntropy(zeros(2, 4), Targets.of(zeros(2, 3))))
        .hasMessage(
            "cross_entropy: probabilities has shape (2, 4), the targets (2, 3); they must be equal");
    refused(() -> MaxPool2d.maxPool2d(IMAGE, PoolGeometry.valid(2, 5, 5, 3, 2, 2)))
        .hasMessage("max_pool: x must have shape (2, 5, 5, 3), received (2, 5, 4, 3)");
    refused(() -> AveragePool2d.averagePool2d(IMAGE, PoolGeometry.valid(2, 5, 5, 3, 2, 2)))
        .hasMessage("average_pool: x must have shape (2, 5, 5, 3), received (2, 5, 4, 3)");
    ConvGeometry other = ConvGeometry.valid(2, 5, 5, 3, 3, 3, 8, 1, 1);
    refused(() -> Conv2d.conv2d(IMAGE, zeros(3, 3, 3, 8), null, other, false))
        .hasMessage("conv2d: x must have shape (2, 5, 5, 3), received (2, 5, 4, 3)");
    refused(() -> Conv2d.conv2d(zeros(2, 5, 5, 3), zeros(3, 3, 3, 7), null, other, false))
        .hasMessage("conv2d: kernel must have shape (3, 3, 3, 8), received (3, 3, 3, 7)");
  }

  @Test
  void tensorsOfTheWrongRankAreRefused() {
    Tensor flat = zeros(2, 3);
    Tensor scalar = Tensor.scalar(1);
    refused(() -> Conv2d.conv2d(flat, zeros(3, 3, 3, 8), null, 1, Padding.SAME, false))
        .hasMessage("conv2d: x must have 4 axes (N, H, W, C), received shape (2, 3)");
    refused(() -> Conv2d.conv2d(IMAGE, flat, null, 1, Padding.SAME, false))
        .hasMessage("conv2d: kernel must have 4 axes (R, S, C, K), received shape (2, 3)");
    refused(() -> MaxPool2d.maxPool2d(flat, 2, 2, Padding.SAME))
        .hasMessageStartingWith("max_pool: x must have 4 axes");
    refused(() -> AveragePool2d.averagePool2d(flat, 2, 2, Padding.SAME))
        .hasMessageStartingWith("average_pool: x must have 4 axes");
    refused(() -> GlobalAveragePool.globalAveragePool(flat))
        .hasMessageStartingWith("global_average_pool: x must have 4 axes");
    refused(() -> GlobalMaxPool.globalMaxPool(flat))
        .hasMessageStartingWith("global_max_pool: x must have 4 axes");
    refused(() -> ZeroPadding2d.zeroPadding2d(flat, 1, 1, 1, 1))
        .hasMessageStartingWith("zero_padding: x must have 4 axes");
    refused(() -> Dense.dense(flat, zeros(3), null, false))
        .hasMessage("dense: kernel must have 2 axes (in, out), received shape (3)");
    refused(() -> Dense.dense(scalar, zeros(1, 3), null, false))
        .hasMessage("dense: x must have at least 1 axes, received shape ()");
    refused(() -> MatMul.matMul(zeros(3), zeros(3, 3)))
        .hasMessage("matmul: a must have at least 2 axes, received shape (3)");
    refused(() -> MatMul.matMul(zeros(3, 3), zeros(3)))
        .hasMessage("matmul: b must have at least 2 axes, received shape (3)");
    refused(() -> BatchNorm.training(zeros(3), null, null, 1e-3, null, false))
        .hasMessage("batch_norm: x must have at least 2 axes, received shape (3)");
    refused(() -> BiasAdd.biasAdd(scalar, zeros(1)))
        .hasMessage("bias_add: x must have at least 1 axes, received shape ()");
    refused(() -> Softmax.softmax(scalar)).hasMessageStartingWith("softmax: x must have at least");
    refused(() -> LogSoftmax.logSoftmax(scalar)).hasMessageStartingWith("log_softmax: x must have");
    refused(() -> Reshape.flatten(scalar)).hasMessageStartingWith("flatten: x must have at least");
    refused(() -> Concatenate.concatenate(0, scalar))
        .hasMessageStartingWith("concatenate: the first");
    refused(() -> Targets.of(zeros(3))).hasMessageStartingWith("targets: the distribution must");
  }

  @Test
  void axesAndRangesThatDoNotExistAreRefused() {
    refused(() -> Sum.sum(IMAGE, false, 4))
        .hasMessage("axis 4 does not exist in shape (2, 5, 4, 3)");
    refused(() -> Mean.mean(IMAGE, false, -5)).hasMessageContaining("axis -5 does not exist");
    refused(() -> Concatenate.concatenate(4, IMAGE)).hasMessageContaining("axis 4 does not exist");
    refused(() -> Concatenate.concatenate(0))
        .hasMessage("concatenate: needs at least one tensor, received none");
    for (int[] range : new int[][] {{-1, 2}, {0, 5}, {2, 2}, {3, 1}}) {
      refused(() -> Slice.slice(IMAGE, 2, range[0], range[1]))
          .hasMessage(
              "slice: the range %d to %d does not lie in axis 2 of shape (2, 5, 4, 3), or is empty",
              range[0], range[1]);
    }
  }

  @Test
  void sizesOfZeroAndBelowAreRefused() {
    Tensor kernel = zeros(3, 3, 3, 8);
    refused(() -> Conv2d.conv2d(IMAGE, kernel, null, 0, Padding.SAME, false))
        .hasMessage("conv2d: strides and dilation must be at least 1, received [0, 0] and [1, 1]");
    int[] one = {1, 1};
    refused(() -> Conv2d.geometry(IMAGE, kernel, one, new int[] {1, 0}, Padding.VALID))
        .hasMessageContaining("received [1, 1] and [1, 0]");
    refused(() -> MaxPool2d.maxPool2d(IMAGE, 0, 2, Padding.SAME))
        .hasMessage("max_pool: pool size and stride must be at least 1, received 0 and 2");
    refused(() -> AveragePool2d.averagePool2d(IMAGE, 2, 0, Padding.SAME))
        .hasMessage("average_pool: pool size and stride must be at least 1, received 2 and 0");
    refused(() -> ZeroPadding2d.zeroPadding2d(IMAGE, 0, 0, 0, -1))
        .hasMessage(
            "zero_padding: padding must not be negative, received top 0, bottom 0, left 0, right -1");
    refused(() -> new PoolGeometry(1, 4, 4, 1, 2, 2, 2, 2, -1, 0, 0, 0))
        .hasMessageContaining("padding must not be negative, received top -1");
    refused(() -> Targets.of(new int[0], 4)).hasMessageContaining("axis of length 0");
    refused(() -> BatchNorm.training(IMAGE, null, null, -1e-3, null, false))
        .hasMessage("batch_norm: epsilon must not be negative, received -0.001");
  }

  @Test
  void windowsLargerThanTheInputAreRefused() {
    refused(() -> Conv2d.conv2d(IMAGE, zeros(6, 3, 3, 8), null, 1, Padding.VALID, false))
        .hasMessageContaining("a kernel of 6 x 3")
        .hasMessageContaining("does not fit an input of 5 x 4");
    refused(() -> MaxPool2d.maxPool2d(IMAGE, 5, 1, Padding.VALID))
        .hasMessageContaining("a pooling window of 5 x 5 does not fit an input of 5 x 4");
  }

  @Test
  void sizesBeyondTheRangeOfIntAreRefused() {
    Tensor tall = zeros(1, 1 << 16, 1, 1);
    Tensor wide = zeros(1, 1, 1 << 16, 1);
    refused(() -> Add.add(tall, wide)).hasMessageContaining("too many elements for one array");
    refused(() -> ZeroPadding2d.zeroPadding2d(IMAGE, Integer.MAX_VALUE, 1, 0, 0))
        .hasMessage("zero_padding: the result has an axis of 2147483653, more than 2^31 - 1");
    refused(() -> ZeroPadding2d.zeroPadding2d(IMAGE, Integer.MAX_VALUE - 5, 0, 0, 0))
        .hasMessageContaining("shape (2, 2147483647, 4, 3) has too many elements");
    refused(() -> ZeroPadding2d.zeroPadding2d(IMAGE, 1 << 15, 0, 1 << 15, 0))
        .hasMessageContaining("too many elements");
    int[] one = {1, 1};
    int[] huge = {1 << 30, 1};
    refused(() -> Conv2d.geometry(IMAGE, zeros(5, 3, 3, 8), one, huge, Padding.SAME))
        .hasMessageContaining("a window of 5 places with dilation 1073741824")
        .hasMessageContaining("is too large for an axis of length 5");
    refused(() -> Conv2d.geometry(IMAGE, zeros(5, 3, 3, 8), one, huge, Padding.VALID))
        .hasMessageContaining("does not fit an input of 5 x 4");
    refused(() -> Conv2d.conv2d(tall, zeros(1, 1, 1, 1 << 16), null, 1, Padding.SAME, false))
        .hasMessageContaining("too many elements");
    refused(() -> MaxPool2d.maxPool2d(IMAGE, Integer.MAX_VALUE, 1, Padding.VALID))
        .hasMessageContaining("does not fit");
  }

  @Test
  void aStrideLargerThanTheInputIsFine() {
    Tensor y =
        Conv2d.conv2d(IMAGE, zeros(3, 3, 3, 8), null, Integer.MAX_VALUE, Padding.SAME, false);
    assertThat(y.shape()).isEqualTo(Shape.of(2, 1, 1, 8));
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 4, Integer.MAX_VALUE, Integer.MIN_VALUE})
  void labelsOutOfRangeAreRefused(int label) {
    refused(() -> Targets.of(new int[] {0, 3, label}, 4))
        .hasMessage("targets: label %d of example 2 is not one of the 4 classes 0 to 3", label);
  }

  @Test
  void targetsWithTheWrongNumberOfWeightsAreRefused() {
    Targets targets = Targets.of(new int[] {0, 3}, 4);
    refused(() -> targets.weighted(1, 2, 3))
        .hasMessage("targets: 2 examples need as many weights, received 3");
    refused(() -> targets.classWeighted(1, 2))
        .hasMessage("targets: 4 classes need as many weights, received 2");
    refused(() -> targets.smoothed(-0.1f)).hasMessageContaining("must lie in [0, 1]");
    refused(() -> targets.smoothed(1.1f)).hasMessageContaining("must lie in [0, 1]");
    refused(() -> new Targets(2, 4, new float[7], new float[2]))
        .hasMessage(
            "targets of 2 examples and 4 classes need 8 values and 2 weights, received 7 and 2");
    refused(() -> new Targets(2, 4, new float[8], new float[3])).hasMessageContaining("8 and 3");
  }

  @Test
  void dropoutOfEverythingOrLessThanNothingIsRefused() {
    refused(() -> Dropout.dropout(IMAGE, 1, 7))
        .hasMessage("dropout: rate must lie in [0, 1), received 1.0");
    refused(() -> Dropout.dropout(IMAGE, -0.1f, 7)).hasMessageContaining("received -0.1");
    refused(() -> Dropout.dropout(IMAGE, Float.NaN, 7)).hasMessageContaining("received NaN");
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void aLossThatIsNotFiniteIsRefusedAndTouchesNoGradient(float value) {
    Tensor x = Tensor.of(Shape.of(2), 1, value).requireGrad(true);
    Tensor loss = Sum.sum(x);
    assertThatThrownBy(() -> Autograd.backward(loss))
        .isInstanceOf(NonFiniteLossException.class)
        .hasMessageContaining("the loss is " + value)
        .hasMessageContaining("lower the learning rate")
        .extracting(e -> ((NonFiniteLossException) e).loss())
        .isEqualTo(value);
    assertThat(x.grad()).isNull();
  }
}
