package io.octnet.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.octnet.ops.Padding;
import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LayerTest {

  /** The shape foretold is the shape computed, at awkward sizes. */
  @TestFactory
  Stream<DynamicTest> symbolsTellTheShapesOfTensors() {
    return Stream.of(
        shapes(new Conv2D(5, 3), "(11, 15, 5)"),
        shapes(new Conv2D(5, 3).padding(Padding.SAME).strides(2), "(7, 9, 5)"),
        shapes(new Conv2D(5, 3, 1).strides(2).useBias(false), "(6, 9, 5)"),
        shapes(new Conv2D(5, 3).dilation(2).padding(Padding.SAME), "(13, 17, 5)"),
        shapes(new MaxPooling2D(2), "(6, 8, 3)"),
        shapes(new MaxPooling2D(3).strides(2).padding(Padding.SAME), "(7, 9, 3)"),
        shapes(new AveragePooling2D(2), "(6, 8, 3)"),
        shapes(new AveragePooling2D(2).strides(1).padding(Padding.SAME), "(13, 17, 3)"),
        shapes(new GlobalAveragePooling2D(), "(3)"),
        shapes(new GlobalMaxPooling2D(), "(3)"),
        shapes(new BatchNormalization(), "(13, 17, 3)"),
        shapes(new Dropout(0.5), "(13, 17, 3)"),
        shapes(new Flatten(), "(663)"),
        shapes(new Reshape(51, 13), "(51, 13)"),
        shapes(new Dense(7), "(13, 17, 7)"),
        shapes(new ZeroPadding2D(1, 2, 3, 4), "(16, 24, 3)"),
        shapes(new Activation(ActivationFunction.TANH), "(13, 17, 3)"),
        shapes(new ReLU(0.2), "(13, 17, 3)"));
  }

  private static DynamicTest shapes(Layer layer, String expected) {
    return DynamicTest.dynamicTest(
        layer.className() + " " + expected,
        () -> {
          Symbol y = layer.named("it").apply(InputLayer.input(13, 17, 3));
          layer.parameters().forEach(p -> p.initialize(1));
          assertThat(y.shape().toString()).isEqualTo(expected);
          Tensor x = Tensor.full(Shape.of(2, 13, 17, 3), 1);
          for (Pass pass : List.of(Pass.INFERENCE, Pass.training(1, 0, 0))) {
            assertThat(layer.forward(List.of(x), pass).shape().toString())
                .isEqualTo("(2, " + expected.substring(1));
          }
        });
  }

  @ParameterizedTest
  @CsvSource({
    "Conv2D, conv2d",
    "BatchNormalization, batch_normalization",
    "MaxPooling2D, max_pooling2d",
    "GlobalAveragePooling2D, global_average_pooling2d",
    "ZeroPadding2D, zero_padding2d",
    "InputLayer, input_layer",
    "ReLU, re_lu",
    "Dense, dense"
  })
  void defaultNamesAreKerasNames(String className, String name) {
    Layer layer =
        switch (className) {
          case "Conv2D" -> new Conv2D(1, 1);
          case "BatchNormalization" -> new BatchNormalization();
          case "MaxPooling2D" -> new MaxPooling2D(2);
          case "GlobalAveragePooling2D" -> new GlobalAveragePooling2D();
          case "ZeroPadding2D" -> new ZeroPadding2D(1);
          case "InputLayer" -> InputLayer.input(1).layer();
          case "ReLU" -> new ReLU();
          default -> new Dense(1);
        };
    assertThat(layer.className()).isEqualTo(className);
    assertThat(layer.defaultName()).isEqualTo(name);
  }

  @Test
  void dropoutDropsAnotherSetEachStepAndNothingInInference() {
    Dropout dropout = new Dropout(0.5);
    dropout.named("dropout").apply(InputLayer.input(1000));
    Tensor x = Tensor.full(Shape.of(1, 1000), 1);
    float[] first = dropout.forward(List.of(x), Pass.training(1, 0, 0)).data().clone();
    float[] again = dropout.forward(List.of(x), Pass.training(1, 0, 0)).data().clone();
    float[] next = dropout.forward(List.of(x), Pass.training(1, 0, 1)).data().clone();
    assertThat(first).containsOnly(0f, 2f).isEqualTo(again).isNotEqualTo(next);
    assertThat(dropout.forward(List.of(x), Pass.INFERENCE).data()).containsOnly(1f);
  }

  @Test
  void errorsNameTheLayerAndWhatItReceived() {
    Symbol flat = InputLayer.input(7);
    Symbol image = InputLayer.input(4, 4, 3);
    assertThatThrownBy(() -> new Conv2D(1, 3).named("stem").apply(flat))
        .hasMessage("Conv2D stem: needs images (H, W, C), received shape (7)");
    assertThatThrownBy(() -> new Conv2D(1, 5).named("stem").apply(image))
        .hasMessageStartingWith("Conv2D stem: a kernel of 5 x 5")
        .hasMessageContaining("does not fit");
    assertThatThrownBy(() -> new MaxPooling2D(5).apply(image))
        .hasMessageStartingWith("MaxPooling2D: a pooling window of 5 x 5");
    for (Padding padding : Padding.values()) {
      assertThatThrownBy(() -> new Conv2D(1, 3).strides(0).padding(padding).apply(image))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("Conv2D: ")
          .hasMessageContaining("must be at least 1, received 0");
      assertThatThrownBy(() -> new AveragePooling2D(2).strides(0).padding(padding).apply(image))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("AveragePooling2D: ");
    }
    assertThatThrownBy(() -> new Add().apply(flat)).hasMessageContaining("at least two inputs");
    assertThatThrownBy(() -> new Add().apply(flat, InputLayer.input(8)))
        .hasMessageContaining("[(7), (8)]");
    assertThatThrownBy(() -> new Concatenate().apply(image, InputLayer.input(3, 4, 4)))
        .hasMessageContaining("agree but for axis 2");
    assertThatThrownBy(() -> new Reshape(5).apply(flat)).hasMessageContaining("as many elements");
    assertThatThrownBy(() -> new Dropout(1)).hasMessageContaining("[0, 1)");
    assertThatThrownBy(() -> new Dense(0)).hasMessageContaining("at least 1, received 0");
    assertThatThrownBy(() -> new BatchNormalization().momentum(1))
        .hasMessageContaining("received 1.0");
  }

  @Test
  void aWeightRefusesValuesOfAnotherSize() {
    Parameter w = TestWeights.of("w", 1, 2, 3);
    assertThatThrownBy(() -> w.assign(new float[2]))
        .hasMessage("the weight w/value has shape (3), 3 values, received 2");
    float[] own = w.tensor().data();
    w.adopt(new float[] {4, 5, 6});
    assertThat(w.tensor().data()).isSameAs(own).containsExactly(4, 5, 6);
  }

  @Test
  void aLayerThatCouldNotBeBuiltMayBeAppliedElsewhere() {
    Conv2D conv = new Conv2D(1, 5);
    assertThatThrownBy(() -> conv.apply(InputLayer.input(4, 4, 3)))
        .isInstanceOf(IllegalArgumentException.class);
    conv.apply(InputLayer.input(8, 8, 3));
    assertThat(conv.parameters()).extracting(Parameter::name).containsExactly("kernel", "bias");
  }

  @Test
  void namedLayersAreConfiguredOn() {
    assertThat(new Conv2D(2, 3).named("a").strides(2).name()).isEqualTo("a");
    assertThat(new Dense(2).named("a").useBias(false).name()).isEqualTo("a");
    assertThat(new MaxPooling2D(2).named("a").strides(1).name()).isEqualTo("a");
    assertThat(new AveragePooling2D(2).named("a").strides(1).name()).isEqualTo("a");
    assertThat(new BatchNormalization().named("a").epsilon(1).name()).isEqualTo("a");
  }
}
