package io.octnet.models;

import static io.octnet.layers.ActivationFunction.RELU;
import static io.octnet.layers.ActivationFunction.SOFTMAX;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.octnet.autograd.Autograd;
import io.octnet.compute.Backend;
import io.octnet.compute.ScalarCompute;
import io.octnet.layers.Activation;
import io.octnet.layers.Add;
import io.octnet.layers.BatchNormalization;
import io.octnet.layers.Concatenate;
import io.octnet.layers.Conv2D;
import io.octnet.layers.Dense;
import io.octnet.layers.Dropout;
import io.octnet.layers.Flatten;
import io.octnet.layers.GlobalMaxPooling2D;
import io.octnet.layers.InputLayer;
import io.octnet.layers.Layer;
import io.octnet.layers.MaxPooling2D;
import io.octnet.layers.Pass;
import io.octnet.layers.Symbol;
import io.octnet.ops.Padding;
import io.octnet.ops.Softmax;
import io.octnet.optimizers.SGD;
import io.octnet.random.RandomStream;
import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;
import io.octnet.zoo.FineTune;
import io.octnet.zoo.Network;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelTest {

  /** A residual block, a dense block, all kinds of releases. */
  private static Model branching() {
    Symbol input = InputLayer.input(9, 7, 3);
    Symbol x = new Conv2D(8, 3).padding(Padding.SAME).named("stem").apply(input);
    Symbol shortcut = new Conv2D(8, 1).named("side_conv").apply(x);
    Symbol y = new BatchNormalization().apply(x);
    y = new Activation(RELU).apply(y);
    y = new Conv2D(8, 3).padding(Padding.SAME).apply(y);
    Symbol sum = new Activation(RELU).named("out").apply(new Add().apply(shortcut, y));
    Symbol joined = new Concatenate().apply(sum, new Conv2D(4, 1).apply(sum));
    Symbol z = new Dropout(0.25).apply(new MaxPooling2D(2).apply(joined));
    z = new Dense(11).activation(RELU).apply(new Flatten().apply(z));
    return Model.of("branching", new Dense(4).activation(SOFTMAX).apply(z)).initialize(3);
  }

  private static Tensor batch(Model model, int size, long seed) {
    Shape s = model.inputShape();
    float[] data = new float[size * s.size()];
    for (int i = 0; i < data.length; i++) {
      data[i] = RandomStream.uniform(seed, i);
    }
    return Tensor.of(Shape.of(size, s.dim(0), s.dim(1), s.dim(2)), data);
  }

  @Test
  void layersWithoutNamesGetKerasNames() {
    assertThat(branching().layers())
        .extracting(layer -> layer.name())
        .containsExactly(
            "input_layer",
            "stem",
            "batch_normalization",
            "activation",
            "side_conv",
            "conv2d",
            "add",
            "out",
            "conv2d_1",
            "concatenate",
            "max_pooling2d",
            "dropout",
            "flatten",
            "dense",
            "dense_1");
  }

  @Test
  void aNameTwiceIsRefused() {
    Symbol x = new Dense(2).named("a").apply(InputLayer.input(3));
    Symbol y = new Dense(2).named("a").apply(x);
    assertThatThrownBy(() -> Model.of("m", y)).hasMessageContaining("are named a");
  }

  @Test
  void aLayerIsAppliedOnce() {
    Dense dense = new Dense(2);
    Symbol x = InputLayer.input(3);
    dense.apply(x);
    assertThatThrownBy(() -> dense.apply(x)).hasMessageContaining("applied already");
    assertThatThrownBy(() -> dense.useBias(false)).hasMessageContaining("applied already");
  }

  @Test
  void predictionsAreSoftmaxOfLogitsAndLeaveNothingBehind() throws Exception {
    Model model = branching();
    Tensor x = batch(model, 5, 1);
    try (ScalarCompute compute = new ScalarCompute()) {
      Backend.with(
          compute,
          () -> {
            Tensor y = model.predict(x);
            Tensor logits = Autograd.noGrad(() -> model.logits(x, Pass.INFERENCE));
            Tensor softmax = Autograd.noGrad(() -> Softmax.softmax(logits));
            assertThat(y.data()).isEqualTo(softmax.data());
            y.release();
            logits.release();
            softmax.release();
            assertThat(compute.pool().bytesInUse()).isZero();
            return null;
          });
    }
  }

  @Test
  void aModelIsTheSumOfItsParts() {
    Model model = branching();
    Tensor x = batch(model, 3, 2);
    Tensor whole = model.predict(x);
    Tensor half = model.until("out").predict(x);
    assertThat(model.after("out").predict(half).data()).isEqualTo(whole.data());
    assertThatThrownBy(() -> model.after("conv2d"))
        .hasMessageContaining("cannot go on from conv2d alone");
  }

  @Test
  void backwardStopsBelowTheFirstTrainedLayer() {
    Model model = branching();
    model.setTrainable(layer -> layer.name().equals("dense_1"));
    Tensor logits = model.logits(batch(model, 2, 3), Pass.training(1, 0, 0));
    Autograd.backward(logits, Tensor.full(logits.shape(), 1));
    assertThat(model.parameters().stream().filter(p -> p.tensor().grad() != null))
        .extracting(p -> p.path())
        .containsExactly("dense_1/kernel", "dense_1/bias");
  }

  @Test
  void aFrozenBatchNormKeepsItsStatisticsAndPassesGradientsOn() {
    Model model = branching();
    model.setTrainable(layer -> !layer.name().equals("batch_normalization"));
    Tensor x = batch(model, 2, 3);
    Tensor logits = model.logits(x, Pass.training(1, 0, 0));
    Autograd.backward(logits, Tensor.full(logits.shape(), 1));
    assertThat(model.batchNorms().getFirst().parameters().get(2).tensor().data()).containsOnly(0f);
    assertThat(model.layer("stem").parameters().getFirst().tensor().grad()).isNotNull();
  }

  @Test
  void wrongInputsNameBothShapes() {
    Model model = branching();
    assertThatThrownBy(() -> model.predict(Tensor.zeros(Shape.of(2, 9, 8, 3))))
        .hasMessageEndingWith("takes batches of shape (N, 9, 7, 3), received (2, 9, 8, 3)");
    assertThatThrownBy(() -> model.predict(Tensor.zeros(Shape.of(9, 7, 3))))
        .hasMessageEndingWith(
            "of shape (N, 9, 7, 3), received (9, 7, 3): the batch axis is missing; view one example as a batch of 1");
  }

  @Test
  void weightsMustBeThereBeforeUse() {
    Model model = Model.of("m", new Dense(2).apply(InputLayer.input(3)));
    assertThatThrownBy(() -> model.predict(Tensor.zeros(Shape.of(1, 3))))
        .hasMessageContaining("dense/kernel has no values yet");
  }

  @Test
  void theSummaryNamesLayersAndTotals() {
    Model model = branching();
    model.layer("stem").setTrainable(false);
    String text = model.summary().text();
    assertThat(text)
        .contains("stem (Conv2D)", "(9, 7, 8)", "side_conv, conv2d", "frozen", "Multiply-adds");
    assertThat(model.summary().multiplyAdds())
        .isEqualTo(63L * (27 * 8 + 8 * 8 + 72 * 8 + 8 * 4) + 4 * 3 * 12 * 11 + 11 * 4);
    // the stem is frozen: no gradients for it, nor into it from the convolution beside
    long trained = 63L * (72 * 8 + 8 * 4) + 4 * 3 * 12 * 11 + 11 * 4;
    assertThat(model.summary().trainingMultiplyAdds())
        .isEqualTo(63L * 27 * 8 + 2 * 63L * 8 * 8 + 3 * trained);
  }

  /** The plan is exact: the same buffers in the same order, but for the loss's few numbers. */
  @ParameterizedTest
  @CsvSource({"branching, ALL", "CNN3, ALL", "CNN7, ALL", "VGG16, LAST3", "RESNET50, LAST3"})
  void theMemoryPlanIsWhatAStepTakes(String which, FineTune mode) throws Exception {
    Model model = which.equals("branching") ? branching() : fineTuned(which, mode);
    int batchSize = 2;
    Tensor x = batch(model, batchSize, 4);
    long loss = 2L * Float.BYTES * (batchSize * model.outputShape().size() + 1);
    try (var compute = Backend.create("scalar", 1)) {
      Backend.with(
          compute,
          () -> {
            MemoryPlan plan = model.memoryPlan(batchSize, 2);
            predict(model, x);
            assertThat(compute.pool().peakBytes()).isEqualTo(plan.inferenceBytes());
            return null;
          });
    }
    try (var compute = Backend.create("scalar", 1)) {
      Backend.with(
          compute,
          () -> {
            MemoryPlan plan = model.memoryPlan(batchSize, 2);
            step(model, batchSize);
            assertThat(compute.pool().peakBytes())
                .isBetween(plan.stepBytes(), plan.stepBytes() + loss);
            predict(model, x);
            assertThat(compute.pool().heldBytes()) // which buffer is reused depends on the order
                .isCloseTo(plan.heldBytes(), withinPercentage(1));
            assertThat(compute.pool().bytesInUse()).isZero();
            assertThat(plan.weightBytes()).isEqualTo(4 * model.parameterCount());
            assertThat(plan.slotBytes()).isEqualTo(8 * model.trainableParameterCount());
            return null;
          });
    }
  }

  private static void predict(Model model, Tensor x) {
    try (Inference inference = Inference.of(model)) {
      inference.predict(x).release();
    }
  }

  private static void step(Model model, int batchSize) {
    Trainer trainer = new Trainer(model, new SGD(0.1));
    trainer.fit(new ArraySource(model.inputShape(), batchSize, 4, batchSize, 4), null, 1);
  }

  private static Model fineTuned(String which, FineTune mode) {
    Network network = Network.valueOf(which);
    Model model = network.article(32, 32, 4).initialize(1);
    mode.apply(network, model);
    return model;
  }

  @Test
  void globalMaximaReachTheDenseLayer() {
    Symbol x = new GlobalMaxPooling2D().apply(InputLayer.input(3, 3, 2));
    Model model = Model.of("max", x);
    Tensor input = batch(model, 1, 5);
    float expected = 0;
    for (int i = 0; i < 18; i += 2) {
      expected = Math.max(expected, input.data()[i]);
    }
    assertThat(model.predict(input).data()[0]).isEqualTo(expected);
    assertThatThrownBy(() -> model.logits(input, Pass.INFERENCE))
        .hasMessageContaining("not in a softmax");
  }

  /** A layer of a user's own: what it computes is not always what it says. */
  private static final class Noise extends Layer {
    private final Tensor wrong;

    Noise(Tensor wrong) {
      this.wrong = wrong;
    }

    @Override
    protected Shape build(List<Shape> inputs) {
      return single(inputs);
    }

    @Override
    public Tensor forward(List<Tensor> inputs, Pass pass) {
      return wrong;
    }
  }

  @Test
  void aLayerThatComputesAnotherShapeThanItSaidIsNamed() {
    Symbol x = new Noise(Tensor.zeros(Shape.of(2, 4))).named("odd").apply(InputLayer.input(3));
    Model model = Model.of("m", new Dense(1).apply(x)).initialize(1);
    assertThatThrownBy(() -> model.predict(Tensor.zeros(Shape.of(2, 3))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "the layer Noise odd said that its output has shape (2, 3) for 2 examples, and computed (2, 4)");
    Symbol y = new Noise(null).named("odd").apply(InputLayer.input(3));
    assertThatThrownBy(() -> Model.of("m", y).predict(Tensor.zeros(Shape.of(2, 3))))
        .hasMessageContaining("Noise odd")
        .hasMessageContaining("computed null");
  }

  @Test
  void whatIsRandomIsNoConstantPartUnlessALayerSaysSo() {
    Symbol x = new Dense(3).named("frozen").apply(InputLayer.input(3));
    x = new Noise(null).named("noise").apply(x);
    x = new Activation(RELU).named("relu").apply(x);
    Model model = Model.of("m", new Dense(1).named("end").apply(x));
    model.setTrainable(layer -> layer.name().equals("end"));
    assertThat(model.frozenUntil()).isEqualTo("frozen");
  }
}
