package io.octnet.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.octnet.gradcheck.Draw;
import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** The values of ops that no golden file covers, against their formulas. */
class ValuesTest {

  private static Tensor of(Shape shape, float... values) {
    return Tensor.of(shape, values);
  }

  private static void equal(Tensor actual, Shape shape, float... values) {
    assertThat(actual.shape()).isEqualTo(shape);
    assertThat(actual.toArray()).containsExactly(values);
  }

  @Test
  void elementwiseOpsBroadcastAsNumPyDoes() {
    Tensor column = of(Shape.of(2, 1), 10, 20);
    Tensor row = of(Shape.of(3), 1, 2, 3);
    equal(Add.add(column, row), Shape.of(2, 3), 11, 12, 13, 21, 22, 23);
    equal(Subtract.subtract(column, row), Shape.of(2, 3), 9, 8, 7, 19, 18, 17);
    equal(Multiply.multiply(row, column), Shape.of(2, 3), 10, 20, 30, 20, 40, 60);
    equal(Multiply.multiply(Tensor.scalar(2), row), Shape.of(3), 2, 4, 6);
    equal(Add.add(Tensor.scalar(2), Tensor.scalar(3)), Shape.scalar(), 5);
    equal(Add.add(row, of(Shape.of(1), -2), true), Shape.of(3), 0, 0, 1);
    equal(BroadcastTo.broadcastTo(row, Shape.of(2, 3)), Shape.of(2, 3), 1, 2, 3, 1, 2, 3);
  }

  @Test
  void broadcastingReadsEveryElementFromWhereNumPyDoes() {
    Draw draw = Draw.random(1);
    Tensor a = draw.values(3, 1, 5, 1);
    Tensor b = draw.values(7, 1, 2);
    Tensor y = Multiply.multiply(a, b);
    assertThat(y.shape()).isEqualTo(Shape.of(3, 7, 5, 2));
    for (int i = 0; i < y.size(); i++) {
      int l = i % 2;
      int k = i / 2 % 5;
      int j = i / 10 % 7;
      int n = i / 70;
      assertThat(y.data()[i]).isEqualTo(a.data()[n * 5 + k] * b.data()[j * 2 + l]);
    }
  }

  @Test
  void sumsAndMeansReduceTheAxesThatWereAsked() {
    Tensor x = of(Shape.of(2, 3), 1, 2, 3, 4, 5, 6);
    equal(Sum.sum(x), Shape.scalar(), 21);
    equal(Sum.sum(x, false, 0), Shape.of(3), 5, 7, 9);
    equal(Sum.sum(x, false, -1), Shape.of(2), 6, 15);
    equal(Sum.sum(x, true, 1), Shape.of(2, 1), 6, 15);
    equal(Sum.sum(x, true, 0, 1), Shape.of(1, 1), 21);
    equal(Sum.sum(x, false, 1, -1), Shape.of(2), 6, 15);
    equal(Sum.sum(x, false), Shape.of(2, 3), 1, 2, 3, 4, 5, 6);
    equal(Mean.mean(x), Shape.scalar(), 3.5f);
    equal(Mean.mean(x, false, 0), Shape.of(3), 2.5f, 3.5f, 4.5f);
    equal(Mean.mean(x, true, 1), Shape.of(2, 1), 2, 5);
    equal(Sum.sum(Tensor.scalar(3)), Shape.scalar(), 3);
  }

  @Test
  void matrixProductsRunOverBroadcastBatchAxes() {
    Tensor a = of(Shape.of(2, 2), 1, 2, 3, 4);
    equal(MatMul.matMul(a, of(Shape.of(2, 1), 10, 100)), Shape.of(2, 1), 210, 430);
    Tensor batch = of(Shape.of(2, 1, 2), 1, 0, 0, 1);
    equal(MatMul.matMul(batch, a), Shape.of(2, 1, 2), 1, 2, 3, 4);
    equal(MatMul.matMul(a, of(Shape.of(2, 2, 1), 1, 0, 0, 1)), Shape.of(2, 2, 1), 1, 3, 2, 4);
    Tensor left = of(Shape.of(2, 1, 1, 1), 2, 3);
    Tensor right = of(Shape.of(3, 1, 1), 5, 7, 11);
    equal(MatMul.matMul(left, right), Shape.of(2, 3, 1, 1), 10, 14, 22, 15, 21, 33);
  }

  @Test
  void slicesAndConcatenationsRunAlongAnyAxis() {
    Tensor x = of(Shape.of(2, 3), 1, 2, 3, 4, 5, 6);
    equal(Slice.slice(x, 0, 1, 2), Shape.of(1, 3), 4, 5, 6);
    equal(Slice.slice(x, -1, 1, 3), Shape.of(2, 2), 2, 3, 5, 6);
    equal(Slice.slice(x, 1, 0, 3), Shape.of(2, 3), 1, 2, 3, 4, 5, 6);
    Tensor tail = Slice.slice(x, 1, 2, 3);
    equal(Concatenate.concatenate(1, tail, x), Shape.of(2, 4), 3, 1, 2, 3, 6, 4, 5, 6);
    equal(
        Concatenate.concatenate(0, x, of(Shape.of(1, 3), 7, 8, 9)),
        Shape.of(3, 3),
        1,
        2,
        3,
        4,
        5,
        6,
        7,
        8,
        9);
  }

  @Test
  void longCopiesAreCutIntoTasksWithoutLosingAny() {
    int rows = 70_001;
    float[] values = new float[3 * rows];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    Tensor x = of(Shape.of(rows, 3), values);
    Tensor back = Concatenate.concatenate(1, Slice.slice(x, 1, 0, 1), Slice.slice(x, 1, 1, 3));
    assertThat(back.toArray()).isEqualTo(values);
  }

  @Test
  void activationsFollowTheirFormulas() {
    Tensor x = of(Shape.of(3), -2, 0, 2);
    equal(LeakyRelu.leakyRelu(x, 0.25f), Shape.of(3), -0.5f, 0, 2);
    equal(Scale.scale(x, -3), Shape.of(3), 6, -0f, -6);
    for (int i = 0; i < 3; i++) {
      double value = x.data()[i];
      assertThat(Sigmoid.sigmoid(x).data()[i])
          .isCloseTo((float) (1 / (1 + Math.exp(-value))), within(1e-7f));
      assertThat(Tanh.tanh(x).data()[i]).isCloseTo((float) Math.tanh(value), within(1e-7f));
    }
  }

  @Test
  void biasesAreAddedPerChannelAndDenseLayersMayRectify() {
    Tensor x = of(Shape.of(2, 1, 2), 1, 2, 3, 4);
    equal(BiasAdd.biasAdd(x, of(Shape.of(2), 10, 20)), Shape.of(2, 1, 2), 11, 22, 13, 24);
    Tensor kernel = of(Shape.of(2, 1), 1, -1);
    equal(Dense.dense(x, kernel, null, false), Shape.of(2, 1, 1), -1, -1);
    equal(Dense.dense(x, kernel, null, true), Shape.of(2, 1, 1), 0, 0);
    equal(Dense.dense(x, kernel, of(Shape.of(1), 3), true), Shape.of(2, 1, 1), 2, 2);
    equal(Dense.dense(x, kernel, of(Shape.of(1), -3), true), Shape.of(2, 1, 1), 0, 0);
  }

  @Test
  void meanSquaredErrorAveragesOverAllElements() {
    Tensor loss =
        MeanSquaredError.meanSquaredError(
            of(Shape.of(2, 2), 1, 2, 3, 4), of(Shape.of(2, 2), 1, 0, 3, 1));
    equal(loss, Shape.scalar(), (4 + 9) / 4f);
  }

  @Test
  void targetsAreOneHotSmoothedAndWeighted() {
    Targets targets = Targets.of(new int[] {2, 0}, 3);
    assertThat(targets.distribution()).containsExactly(0, 0, 1, 1, 0, 0);
    assertThat(targets.weights()).containsExactly(1, 1);
    assertThat(targets.smoothed(0.75f).distribution())
        .containsExactly(0.25f, 0.25f, 0.5f, 0.5f, 0.25f, 0.25f);
    assertThat(targets.classWeighted(2, 3, 5).weighted(1, 10).weights()).containsExactly(5, 20);
    Targets soft = Targets.of(of(Shape.of(2, 3), 0.2f, 0.5f, 0.3f, 0.4f, 0.2f, 0.4f));
    assertThat(soft.classWeighted(2, 3, 5).weights()).containsExactly(3, 2);
    assertThat(soft.smoothed(1).distribution()).containsOnly(1 / 3f);
  }

  @Test
  void targetsDoNotChangeWithTheTensorTheyCameFrom() {
    Tensor distribution = of(Shape.of(1, 2), 1, 0);
    Targets targets = Targets.of(distribution);
    distribution.data()[0] = 7;
    assertThat(targets.distribution()).containsExactly(1, 0);
  }

  @Test
  void lossesWeighExamplesButDivideByTheirNumber() {
    Tensor logits = of(Shape.of(2, 2), 0, 0, 0, 0);
    Targets targets = Targets.of(new int[] {0, 1}, 2).weighted(3, 5);
    float expected = (float) (8 * Math.log(2) / 2);
    assertThat(SoftmaxCrossEntropy.softmaxCrossEntropy(logits, targets).item())
        .isCloseTo(expected, within(1e-6f));
    Tensor half = of(Shape.of(2, 2), 0.5f, 0.5f, 0.5f, 0.5f);
    assertThat(CrossEntropy.crossEntropy(half, targets).item()).isCloseTo(expected, within(1e-6f));
  }

  @Test
  void aTargetOfZeroIgnoresAnImpossibleClass() {
    Tensor logits = of(Shape.of(1, 2), 1, Float.NEGATIVE_INFINITY);
    assertThat(SoftmaxCrossEntropy.softmaxCrossEntropy(logits, Targets.of(new int[] {0}, 2)).item())
        .isZero();
  }
}
