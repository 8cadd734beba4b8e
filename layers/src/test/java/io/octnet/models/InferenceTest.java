package io.octnet.models;

import static io.octnet.layers.ActivationFunction.RELU;
import static io.octnet.layers.ActivationFunction.SOFTMAX;
import static io.octnet.layers.ActivationFunction.TANH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.octnet.compute.Backend;
import io.octnet.compute.ScalarCompute;
import io.octnet.fusion.InferenceProgram;
import io.octnet.fusion.Program;
import io.octnet.layers.Activation;
import io.octnet.layers.Add;
import io.octnet.layers.BatchNormalization;
import io.octnet.layers.Concatenate;
import io.octnet.layers.Conv2D;
import io.octnet.layers.Dense;
import io.octnet.layers.GlobalAveragePooling2D;
import io.octnet.layers.InputLayer;
import io.octnet.layers.MaxPooling2D;
import io.octnet.layers.Parameter;
import io.octnet.layers.ReLU;
import io.octnet.layers.Symbol;
import io.octnet.layers.ZeroPadding2D;
import io.octnet.ops.Padding;
import io.octnet.random.RandomStream;
import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class InferenceTest {

  private static Conv2D conv(int filters, int size) {
    return new Conv2D(filters, size).padding(Padding.SAME);
  }

  private static Symbol norm(Symbol x) {
    return new BatchNormalization().apply(x);
  }

  private static Symbol relu(Symbol x) {
    return new Activation(RELU).apply(x);
  }

  /** Every fusion, and what looks like one but must not be fused. */
  @TestFactory
  Stream<DynamicTest> fusedAndPlainAgree() {
    return Stream.of(
        agree("conv, norm, relu", x -> relu(norm(conv(5, 3).apply(x)))),
        agree("conv without bias, norm", x -> norm(conv(5, 3).useBias(false).apply(x))),
        agree("conv with relu, norm", x -> norm(conv(5, 3).activation(RELU).apply(x))),
        agree("conv with tanh, norm", x -> norm(conv(5, 3).activation(TANH).apply(x))),
        agree("norm, relu, conv", x -> conv(5, 3).apply(relu(norm(x)))),
        agree("norm, conv", x -> conv(5, 3).apply(norm(x))),
        agree("norm, relu, pool", x -> new MaxPooling2D(2).apply(relu(norm(x)))),
        agree("relu layer", x -> new ReLU().apply(norm(conv(4, 1).apply(x)))),
        agree("leaky relu", x -> new ReLU(0.1).apply(norm(conv(4, 1).apply(x)))),
        agree("pad, conv", x -> new Conv2D(5, 3).apply(new ZeroPadding2D(1, 2, 3, 4).apply(x))),
        agree(
            "pad, norm, conv",
            x -> new Conv2D(5, 3).apply(norm(new ZeroPadding2D(1).apply(conv(4, 1).apply(x))))),
        agree("residual", x -> relu(new Add().apply(x, norm(conv(3, 3).apply(relu(norm(x))))))),
        agree(
            "a shortcut that a fused step reads after the sum",
            x -> {
              Symbol y = norm(conv(3, 1).apply(x));
              Symbol later = relu(norm(y)); // absorbed by the convolution below
              Symbol sum = relu(new Add().apply(y, conv(3, 3).apply(x)));
              return new Concatenate().apply(sum, norm(conv(2, 3).apply(later)));
            }),
        agree(
            "a chain of sums",
            x -> {
              Symbol y = relu(norm(conv(4, 1).apply(x)));
              y = relu(new Add().apply(y, conv(4, 1).apply(relu(conv(2, 3).apply(y)))));
              return relu(new Add().apply(y, conv(4, 3).apply(relu(conv(2, 3).apply(y)))));
            }),
        agree(
            "two branches of convolutions",
            x -> relu(new Add().apply(norm(conv(6, 1).apply(x)), norm(conv(6, 3).apply(x))))),
        agree(
            "a convolution added to itself",
            x -> {
              Symbol y = conv(3, 3).apply(x);
              return relu(new Add().apply(y, y));
            }),
        agree(
            "a norm read twice",
            x -> {
              Symbol y = norm(conv(3, 3).apply(x));
              return new Concatenate().apply(relu(y), conv(2, 3).apply(y));
            }),
        agree(
            "dense blocks",
            x -> {
              Symbol y = new Concatenate().apply(x, conv(3, 3).apply(relu(norm(x))));
              return new Concatenate().apply(y, conv(2, 3).apply(relu(norm(y))));
            }),
        agree(
            "dense blocks of pointwise readers",
            x -> {
              Symbol y = new Concatenate().apply(x, conv(3, 3).apply(conv(4, 1).apply(norm(x))));
              y = new Concatenate().apply(y, conv(2, 3).apply(conv(4, 1).apply(relu(norm(y)))));
              return conv(5, 1).apply(relu(norm(y)));
            }),
        agree(
            "a concatenation with a reader that needs it whole",
            x -> {
              Symbol y = new Concatenate().apply(x, conv(3, 3).apply(x));
              return new Concatenate().apply(conv(4, 1).apply(y), conv(2, 3).apply(y));
            }),
        agree(
            "a concatenation of one tensor twice",
            x -> conv(4, 1).apply(norm(new Concatenate().apply(x, x, conv(2, 1).apply(x))))),
        agree(
            "a sum of three",
            x -> new Add().apply(x, conv(3, 1).apply(x), norm(conv(3, 3).apply(x)))),
        agree("nothing but the input's norm", InferenceTest::norm));
  }

  private static DynamicTest agree(String name, UnaryOperator<Symbol> middle) {
    return DynamicTest.dynamicTest(
        name,
        () -> {
          Symbol y = new GlobalAveragePooling2D().apply(middle.apply(InputLayer.input(9, 7, 3)));
          Model model = Model.of("m", new Dense(4).activation(SOFTMAX).apply(y));
          randomize(model);
          compare(model);
        });
  }

  private static void compare(Model model) throws Exception {
    float[] data = new float[2 * 9 * 7 * 3];
    for (int i = 0; i < data.length; i++) {
      data[i] = RandomStream.uniform(8, i) - 0.4f;
    }
    Tensor x = Tensor.of(Shape.of(2, 9, 7, 3), data);
    try (ScalarCompute compute = new ScalarCompute()) {
      Backend.with(
          compute,
          () -> {
            Tensor plain = model.predict(x);
            try (Inference inference = Inference.of(model)) {
              Tensor fused = inference.predict(x);
              for (int i = 0; i < 8; i++) {
                assertThat(fused.data()[i]).isCloseTo(plain.data()[i], within(2e-6f));
              }
              inference.logits(x).release();
              fused.release();
            }
            plain.release();
            assertThat(compute.pool().bytesInUse()).isZero();
            return null;
          });
    }
  }

  private static void randomize(Model model) {
    model.initialize(1);
    for (Parameter p : model.parameters()) {
      if (p.shape().rank() == 1) {
        float[] values = new float[p.shape().size()];
        long seed = RandomStream.derive(1, p.path(), 0);
        for (int i = 0; i < values.length; i++) {
          values[i] = RandomStream.uniform(seed, i) + (p.name().equals("beta") ? -0.5f : 0.5f);
        }
        p.assign(values);
      }
    }
  }

  @Test
  void fusionLeavesFewSteps() {
    Symbol x = InputLayer.input(9, 7, 3);
    Symbol y = relu(norm(new Conv2D(3, 3).apply(new ZeroPadding2D(1).apply(x))));
    y = relu(new Add().apply(x, norm(conv(3, 3).apply(y))));
    y = new GlobalAveragePooling2D().apply(conv(2, 1).apply(relu(norm(y))));
    Model model = Model.of("m", y).initialize(1);
    assertThat(steps(model)).isEqualTo(4); // three convolutions and the mean
  }

  @Test
  void denseBlocksAreNotConcatenated() {
    Symbol x = InputLayer.input(9, 7, 3);
    Symbol y = new Concatenate().apply(x, conv(3, 3).apply(conv(4, 1).apply(relu(norm(x)))));
    y = new Concatenate().apply(y, conv(3, 3).apply(conv(4, 1).apply(relu(norm(y)))));
    y = new GlobalAveragePooling2D().apply(conv(2, 1).apply(relu(norm(y))));
    Model model = Model.of("m", y).initialize(1);
    assertThat(steps(model)).isEqualTo(6); // five convolutions and the mean
  }

  private static int steps(Model model) {
    try (Program program = InferenceProgram.prepare(model.graph(), Backend.compute())) {
      return program.steps().size();
    }
  }

  @Test
  void onceClosedItSaysSo() {
    Model model = Model.of("m", conv(2, 1).apply(InputLayer.input(3, 3, 3))).initialize(1);
    Inference inference = Inference.of(model);
    inference.close();
    inference.close();
    assertThatThrownBy(() -> inference.predict(Tensor.zeros(Shape.of(1, 3, 3, 3))))
        .hasMessageContaining("closed");
  }
}
