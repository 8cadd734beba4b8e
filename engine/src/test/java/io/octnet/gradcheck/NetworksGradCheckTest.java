package io.octnet.gradcheck;

import static org.assertj.core.api.Assertions.assertThat;

import io.octnet.ops.Add;
import io.octnet.ops.AveragePool2d;
import io.octnet.ops.BatchNorm;
import io.octnet.ops.Concatenate;
import io.octnet.ops.Conv2d;
import io.octnet.ops.Dense;
import io.octnet.ops.Dropout;
import io.octnet.ops.GlobalAveragePool;
import io.octnet.ops.L2;
import io.octnet.ops.MatMul;
import io.octnet.ops.MaxPool2d;
import io.octnet.ops.Multiply;
import io.octnet.ops.Padding;
import io.octnet.ops.Relu;
import io.octnet.ops.Reshape;
import io.octnet.ops.SoftmaxCrossEntropy;
import io.octnet.ops.Targets;
import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Small whole networks, in miniature what the five networks are made of. */
class NetworksGradCheckTest {

  /** Of variance about 1 / fan-in, by a power of two, so that they stay exact. */
  private static Tensor weights(Draw draw, int... dims) {
    Tensor weights = draw.values(dims);
    int fanIn = weights.size() / weights.dim(-1);
    float scale = Math.scalb(1f, -Math.getExponent(Math.sqrt(fanIn)) - 1);
    for (int i = 0; i < weights.size(); i++) {
      weights.data()[i] *= scale;
    }
    return weights;
  }

  private static void check(Trial trial, long seed) {
    GradCheck.Outcome outcome = GradCheck.check(trial, seed);
    assertThat(outcome.passed()).as("%s: %s", trial, outcome).isTrue();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void convolutionsBatchNormPoolingAndDropoutInARow(long seed) {
    Draw draw = Draw.random(seed);
    Targets targets = Targets.of(draw.labels(3, 4), 4).smoothed(0.125f);
    Trial trial =
        Trial.of(
            "cnn",
            in -> {
              Tensor h = Conv2d.conv2d(in.get(0), in.get(1), in.get(2), 1, Padding.SAME, true);
              h = BatchNorm.training(h, in.get(3), in.get(4), 1e-3, null, false);
              h = MaxPool2d.maxPool2d(h, 2, 2, Padding.VALID);
              h = Dropout.dropout(Reshape.flatten(h), 0.25f, 7);
              h = Dense.dense(h, in.get(5), in.get(6), false);
              return Add.add(
                  SoftmaxCrossEntropy.softmaxCrossEntropy(h, targets), L2.l2(in.get(5), 0.125f));
            },
            draw.values(3, 6, 7, 2),
            weights(draw, 3, 3, 2, 5),
            draw.values(5),
            draw.values(5),
            draw.values(5),
            weights(draw, 45, 4),
            draw.values(4));
    check(trial.asNetwork(), seed);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void aResidualBlock(long seed) {
    Draw draw = Draw.random(seed);
    Trial trial =
        Trial.of(
            "residual",
            in -> {
              Tensor x = in.get(0);
              Tensor h = Conv2d.conv2d(x, in.get(1), null, 1, Padding.SAME, false);
              h = BatchNorm.training(h, in.get(2), in.get(3), 1e-3, null, true);
              h = Conv2d.conv2d(h, in.get(4), null, 1, Padding.SAME, false);
              return GlobalAveragePool.globalAveragePool(Add.add(x, h, true));
            },
            draw.values(2, 5, 3, 3),
            weights(draw, 3, 3, 3, 4),
            draw.values(4),
            draw.values(4),
            weights(draw, 1, 1, 4, 3));
    check(trial.asNetwork(), seed);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void aDenseBlock(long seed) {
    Draw draw = Draw.random(seed);
    Trial trial =
        Trial.of(
            "dense block",
            in -> {
              Tensor x = in.get(0);
              for (int layer = 1; layer <= 2; layer++) {
                Tensor h = Relu.relu(x);
                h = Conv2d.conv2d(h, in.get(layer), null, 1, Padding.SAME, false);
                x = Concatenate.concatenate(-1, x, h);
              }
              return AveragePool2d.averagePool2d(x, 2, 2, Padding.VALID);
            },
            draw.values(1, 5, 4, 3),
            weights(draw, 3, 3, 3, 2),
            weights(draw, 3, 3, 5, 2));
    check(trial.asNetwork(), seed);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void tensorsUsedSeveralTimesGetTheSumOfTheirGradients(long seed) {
    Draw draw = Draw.random(seed);
    check(Trial.of("x x", in -> Multiply.multiply(in.get(0), in.get(0)), draw.values(3, 7)), seed);
    check(Trial.of("x + x", in -> Add.add(in.get(0), in.get(0)), draw.values(3, 7)), seed);
    check(Trial.of("X X", in -> MatMul.matMul(in.get(0), in.get(0)), draw.values(5, 5)), seed);
    check(
        Trial.of(
            "five uses of a sum",
            in -> {
              Tensor s = Add.add(in.get(0), in.get(1));
              Tensor square = Multiply.multiply(s, s);
              return Concatenate.concatenate(
                  0, s, Add.add(square, s), Multiply.multiply(s, in.get(0)));
            },
            draw.values(3, 7),
            draw.values(7)),
        seed);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void aKinkWithinTheStepIsNotTakenForAWrongGradientButTooManyAre(long seed) {
    Function<List<Tensor>, Tensor> relu = in -> Relu.relu(in.get(0));
    Tensor some = Tensor.of(Shape.of(11), 0.004f, -0.004f, 3, -3, 4, -4, 2, -2, 1, -1, 5);
    assertThat(GradCheck.check(Trial.of("", relu, some), seed).passed()).isFalse();
    GradCheck.Outcome outcome = GradCheck.check(Trial.of("", relu, some).asNetwork(), seed);
    assertThat(outcome.skipped()).isBetween(2, 3);
    assertThat(outcome.passed()).isTrue();
    Tensor all = Tensor.of(Shape.of(3), 0.004f, -0.004f, 0.003f);
    assertThat(GradCheck.check(Trial.of("", relu, all).asNetwork(), seed).passed()).isFalse();
  }
}
