package io.octnet.gradcheck;

import static org.assertj.core.api.Assertions.assertThat;

import io.octnet.autograd.Autograd;
import io.octnet.autograd.Node;
import io.octnet.compute.Backend;
import io.octnet.compute.Compute;
import io.octnet.compute.ConvGradient;
import io.octnet.compute.NormGradients;
import io.octnet.compute.NormStatistics;
import io.octnet.compute.PoolGeometry;
import io.octnet.compute.ScalarCompute;
import io.octnet.tensor.Tensor;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Deliberately wrong backward rules: the check must notice each of them. */
class PlantedMutantsTest {
  private static final int SHAPES = 20;

  // ---- gradients spoilt after the fact, for every op

  private static final Map<String, UnaryOperator<float[]>> SPOILERS =
      Map.of(
          "wrong sign", grad -> each(grad, -1),
          "0.1 % too large", grad -> each(grad, 1.001f),
          "no gradient", grad -> each(grad, 0),
          "added twice", grad -> each(grad, 2),
          "wrong order", PlantedMutantsTest::reversed,
          "one element missing", PlantedMutantsTest::oneMissing);

  @TestFactory
  Stream<DynamicTest> everySpoiltGradientOfEveryOpIsNoticed() {
    return OpSpecs.ALL.stream()
        .flatMap(
            spec ->
                SPOILERS.keySet().stream()
                    .sorted()
                    .map(
                        spoiler ->
                            DynamicTest.dynamicTest(
                                spec + ": " + spoiler,
                                () -> assertNoticed(spec, SPOILERS.get(spoiler)))));
  }

  private static void assertNoticed(OpSpec spec, UnaryOperator<float[]> spoiler) {
    int spoilt = 0;
    int noticed = 0;
    for (int seed = 0; seed < SHAPES; seed++) {
      Trial trial = spec.draw().apply(Draw.random(seed));
      for (int input = 0; input < trial.inputs().size(); input++) {
        boolean[] changed = {false};
        Trial wrong = spoil(trial, input, spoiler, changed);
        boolean passed = GradCheck.check(wrong, seed).passed();
        spoilt += changed[0] ? 1 : 0;
        noticed += passed ? 0 : 1;
        assertThat(passed || changed[0]).as("%s fails without being spoilt", trial).isTrue();
      }
    }
    // a spoilt number may be nearly zero or its own mirror image; most are not
    assertThat(noticed).as("noticed of %d", spoilt).isGreaterThanOrEqualTo((spoilt * 9 + 9) / 10);
  }

  private static Trial spoil(
      Trial trial, int input, UnaryOperator<float[]> spoiler, boolean[] changed) {
    return Trial.of(
        trial.parameters(),
        leaves -> {
          List<Tensor> inner = trial.leaves();
          for (int i = 0; i < inner.size(); i++) {
            System.arraycopy(leaves.get(i).data(), 0, inner.get(i).data(), 0, inner.get(i).size());
          }
          inner.forEach(leaf -> leaf.requireGrad(true));
          Tensor output = trial.computation().apply(inner);
          Node wrong = new Spoilt(leaves, inner, output, input, spoiler, changed);
          return Autograd.record(
              Tensor.of(output.shape(), Arrays.copyOf(output.data(), output.size())), wrong);
        },
        trial.inputs().toArray(new Tensor[0]));
  }

  /** The real rule, then the spoiler on one input's gradient. */
  private static final class Spoilt extends Node {
    private final List<Tensor> inner;
    private final Tensor output;
    private final int input;
    private final UnaryOperator<float[]> spoiler;
    private final boolean[] changed;

    Spoilt(
        List<Tensor> leaves,
        List<Tensor> inner,
        Tensor output,
        int input,
        UnaryOperator<float[]> spoiler,
        boolean[] changed) {
      super(leaves.toArray(new Tensor[0]));
      this.inner = inner;
      this.output = output;
      this.input = input;
      this.spoiler = spoiler;
      this.changed = changed;
    }

    @Override
    protected Tensor[] backward(Tensor gradOutput) {
      Autograd.backward(output, gradOutput);
      Tensor[] gradients = inner.stream().map(Tensor::grad).toArray(Tensor[]::new);
      float[] right = Arrays.copyOf(gradients[input].data(), gradients[input].size());
      float[] wrong = spoiler.apply(right.clone());
      changed[0] = !Arrays.equals(right, wrong) && largest(right) > 0;
      gradients[input] = Tensor.of(gradients[input].shape(), wrong);
      return gradients;
    }
  }

  private static float[] each(float[] grad, float factor) {
    for (int i = 0; i < grad.length; i++) {
      grad[i] *= factor;
    }
    return grad;
  }

  private static float[] reversed(float[] grad) {
    float[] result = new float[grad.length];
    for (int i = 0; i < grad.length; i++) {
      result[i] = grad[grad.length - 1 - i];
    }
    return result;
  }

  /** Drops the largest of many. */
  private static float[] oneMissing(float[] grad) {
    float largest = largest(grad);
    for (int i = 0; i < grad.length; i++) {
      if (Math.abs(grad[i]) == largest) {
        grad[i] = 0;
        break;
      }
    }
    return grad;
  }

  private static float largest(float[] grad) {
    float largest = 0;
    for (float value : grad) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }

  // ---- rules with a classical mistake, inside the real ops

  /** A back-end with one primitive replaced. */
  private interface Replacement {
    void run(Compute right, Object[] arguments);
  }

  private record Mistake(String what, String op, String primitive, Replacement replacement) {}

  private static final List<Mistake> MISTAKES =
      List.of(
          new Mistake(
              "batch norm forgets that the mean depends on x",
              "batch_norm_training",
              "batchNormBackward",
              (right, a) -> batchNormWithout(right, a, true, false)),
          new Mistake(
              "batch norm forgets that the variance depends on x",
              "batch_norm_training",
              "batchNormBackward",
              (right, a) -> batchNormWithout(right, a, false, true)),
          new Mistake(
              "convolution's data gradient with the kernel not transposed in space",
              "conv2d",
              "conv2dBackwardData",
              (right, a) ->
                  right.conv2dBackwardData(
                      (io.octnet.compute.ConvGeometry) a[0],
                      (ConvGradient) a[1],
                      rotated((io.octnet.compute.ConvGeometry) a[0], (float[]) a[2]),
                      (float[]) a[3])),
          new Mistake(
              "convolution's data gradient without the mask of its ReLU",
              "conv2d_relu",
              "conv2dBackwardData",
              (right, a) ->
                  right.conv2dBackwardData(
                      (io.octnet.compute.ConvGeometry) a[0],
                      ConvGradient.of(((ConvGradient) a[1]).dy()),
                      (float[]) a[2],
                      (float[]) a[3])),
          new Mistake(
              "average pooling counts the padding",
              "average_pool",
              "averagePoolBackward",
              PlantedMutantsTest::averageCountingPadding),
          new Mistake(
              "max pooling gives the gradient to the first place of the window",
              "max_pool",
              "maxPoolBackward",
              (right, a) ->
                  right.averagePoolBackward((PoolGeometry) a[0], (float[]) a[1], (float[]) a[3])),
          new Mistake(
              "bias gradient is the mean instead of the sum",
              "bias_add",
              "columnSums",
              (right, a) -> {
                right.columnSums((int) a[0], (int) a[1], (float[]) a[2], (float[]) a[3]);
                right.scale((int) a[1], 1f / (int) a[0], (float[]) a[3], (float[]) a[3]);
              }),
          new Mistake(
              "ReLU's gradient is open where it is closed",
              "relu",
              "unaryBackward",
              (right, a) -> System.arraycopy(a[5], 0, a[6], 0, (int) a[2])),
          new Mistake(
              "global average pooling does not divide",
              "global_average_pool",
              "averagePoolBackward",
              (right, a) -> {
                PoolGeometry g = (PoolGeometry) a[0];
                right.averagePoolBackward(g, (float[]) a[1], (float[]) a[2]);
                right.scale(g.inputSize(), g.places(), (float[]) a[2], (float[]) a[2]);
              }));

  @TestFactory
  Stream<DynamicTest> everyClassicalMistakeIsNoticed() {
    return MISTAKES.stream()
        .map(
            mistake ->
                DynamicTest.dynamicTest(
                    mistake.what(),
                    () -> {
                      Compute wrong = withMistake(mistake);
                      GradCheckTable.Row row =
                          Backend.with(wrong, () -> GradCheckTable.row(mistake.op(), SHAPES, 1));
                      assertThat(row.passed()).as(row.toString()).isFalse();
                      assertThat(row.toString()).contains("FAIL at (");
                      GradCheckTable.Row right =
                          Backend.with(
                              new ScalarCompute(),
                              () -> GradCheckTable.row(mistake.op(), SHAPES, 1));
                      assertThat(right.passed()).as(right.toString()).isTrue();
                    }));
  }

  private static Compute withMistake(Mistake mistake) {
    Compute right = new ScalarCompute();
    return (Compute)
        Proxy.newProxyInstance(
            Compute.class.getClassLoader(),
            new Class<?>[] {Compute.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals(mistake.primitive())) {
                mistake.replacement().run(right, arguments);
                return null;
              }
              if (method.isDefault()) { // composed of the others, the wrong one among them
                return InvocationHandler.invokeDefault(proxy, method, arguments);
              }
              try {
                return method.invoke(right, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  /** dx = gamma * invStd * (dy [- mean(dy)] [- xhat * mean(dy * xhat)]). */
  private static void batchNormWithout(
      Compute right, Object[] a, boolean withoutMean, boolean withoutVariance) {
    int rows = (int) a[0];
    NormStatistics s = (NormStatistics) a[1];
    float[] x = (float[]) a[2];
    float[] dy = ((float[]) a[3]).clone();
    NormGradients d = (NormGradients) a[4];
    float[] dx = new float[dy.length];
    right.batchNormBackward(rows, s, x, dy, new NormGradients(d.dGamma(), d.dBeta(), dx));
    for (int i = 0; d.dx() != null && i < rows * s.channels(); i++) {
      int c = i % s.channels();
      double xhat = (x[i] - s.mean()[c]) * s.invStd()[c];
      double missing =
          (withoutMean ? d.dBeta()[c] / rows : 0)
              + (withoutVariance ? xhat * d.dGamma()[c] / rows : 0);
      d.dx()[i] = (float) (dx[i] + s.gamma()[c] * s.invStd()[c] * missing);
    }
  }

  private static float[] rotated(io.octnet.compute.ConvGeometry g, float[] kernel) {
    float[] result = new float[kernel.length];
    int places = g.kernelHeight() * g.kernelWidth();
    int block = g.inChannels() * g.outChannels();
    for (int i = 0; i < places; i++) {
      System.arraycopy(kernel, i * block, result, (places - 1 - i) * block, block);
    }
    return result;
  }

  private static void averageCountingPadding(Compute right, Object[] a) {
    PoolGeometry g = (PoolGeometry) a[0];
    float[] dx = (float[]) a[2];
    float[] ones = new float[g.inputSize()];
    float[] y = new float[g.outputSize()];
    Arrays.fill(ones, 1f / (g.poolHeight() * g.poolWidth()));
    right.averagePool(g, ones, y);
    float[] dy = ((float[]) a[1]).clone();
    float[] count = new float[y.length];
    int out = 0;
    for (int n = 0; n < g.batch(); n++) {
      for (int p = 0; p < g.outHeight(); p++) {
        for (int q = 0; q < g.outWidth(); q++) {
          for (int c = 0; c < g.channels(); c++, out++) {
            count[out] =
                inside(p * g.strideHeight() - g.padTop(), g.poolHeight(), g.height())
                    * inside(q * g.strideWidth() - g.padLeft(), g.poolWidth(), g.width());
            dy[out] *= count[out] / (g.poolHeight() * g.poolWidth());
          }
        }
      }
    }
    right.averagePoolBackward(g, dy, dx);
  }

  private static int inside(int from, int length, int size) {
    return Math.min(from + length, size) - Math.max(from, 0);
  }
}
