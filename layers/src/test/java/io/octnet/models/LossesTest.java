package io.octnet.models;

import static io.octnet.layers.ActivationFunction.SIGMOID;
import static io.octnet.layers.ActivationFunction.TANH;
import static io.octnet.ops.Add.add;
import static io.octnet.ops.Dense.dense;
import static io.octnet.ops.MeanSquaredError.meanSquaredError;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.octnet.autograd.Autograd;
import io.octnet.callbacks.EarlyStopping;
import io.octnet.callbacks.Monitor;
import io.octnet.layers.Dense;
import io.octnet.layers.InputLayer;
import io.octnet.layers.Pass;
import io.octnet.losses.BinaryCrossentropy;
import io.octnet.losses.CategoricalCrossentropy;
import io.octnet.losses.Loss;
import io.octnet.losses.MeanSquaredError;
import io.octnet.ops.Tanh;
import io.octnet.ops.Targets;
import io.octnet.optimizers.Adam;
import io.octnet.optimizers.SGD;
import io.octnet.random.RandomStream;
import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Models that are no classifiers, and weights that are no model's. */
class LossesTest {
  private static final Tensor XOR = Tensor.of(Shape.of(4, 2), 0, 0, 0, 1, 1, 0, 1, 1);
  private static final int[] EXCLUSIVE = {0, 1, 1, 0};

  private static Model model(Dense end) {
    Dense hidden = new Dense(8).activation(TANH);
    return Model.of("m", end.apply(hidden.apply(InputLayer.input(2)))).initialize(3);
  }

  private static Trainer trainer(Dense end, Loss loss) {
    return new Trainer(model(end), new Adam(0.05)).loss(loss);
  }

  @Test
  void numbersAreLearntByMeanSquaredError() {
    Tensor x = Tensor.zeros(Shape.of(64, 2));
    Tensor y = Tensor.zeros(Shape.of(64, 2));
    RandomStream random = RandomStream.of(1);
    for (int i = 0; i < 128; i++) {
      x.data()[i] = random.nextFloat();
      y.data()[i ^ 1] = 0.5f - x.data()[i]; // two outputs, crossed
    }
    Trainer trainer = trainer(new Dense(2), new MeanSquaredError());
    BatchSource data = ArrayBatches.of(x, y, 16, 5);
    double before = trainer.evaluate(data).loss();
    trainer.fit(data, data, 60);
    Evaluation after = trainer.evaluate(data);
    assertThat(after.loss()).isLessThan(0.01 * before);
    assertThat(after.accuracy()).isNaN();
  }

  @Test
  void yesOrNoIsLearntByBinaryCrossentropyFromLabelsOrNumbers() {
    Tensor numbers = Tensor.of(Shape.of(4, 1), 0, 1, 1, 0);
    for (BatchSource data :
        List.of(ArrayBatches.of(XOR, EXCLUSIVE, 4, 5), ArrayBatches.of(XOR, numbers, 4, 5))) {
      Trainer trainer = trainer(new Dense(1).activation(SIGMOID), new BinaryCrossentropy());
      trainer.fit(data, null, 200);
      Evaluation after = trainer.evaluate(data);
      assertThat(after.accuracy()).isEqualTo(1);
      assertThat(after.loss()).isLessThan(0.1);
    }
  }

  @Test
  void binaryCrossentropyIsKerasFormulaAndCountsSharesOfSeveralOutputs() {
    Tensor logits = Tensor.of(Shape.of(2, 2), 0.5f, -1, 2, -3);
    Targets targets = Targets.values(Tensor.of(Shape.of(2, 2), 1, 0, 0, 0));
    double expected = 0;
    for (int i = 0; i < 4; i++) {
      double p = 1 / (1 + Math.exp(-logits.data()[i]));
      expected -= Math.log(i == 0 ? p : 1 - p) / 4;
    }
    BinaryCrossentropy loss = new BinaryCrossentropy();
    assertThat((double) loss.of(logits, targets).item()).isCloseTo(expected, within(1e-6));
    assertThat(loss.correct(logits, targets)).isEqualTo(1.5);
    Tensor extreme = Tensor.of(Shape.of(1, 2), 200, -200);
    Targets opposite = Targets.values(Tensor.of(Shape.of(1, 2), 0, 1));
    assertThat(loss.of(extreme, opposite).item()).isEqualTo(200);
  }

  @Test
  void weightsOfExamplesStandInTheMeanOfSquares() {
    Tensor output = Tensor.of(Shape.of(2, 2), 1, 2, 3, 4);
    Targets targets = Targets.values(Tensor.zeros(Shape.of(2, 2))).weighted(4, 0.25f);
    assertThat(new MeanSquaredError().of(output, targets).item())
        .isEqualTo((4 * 5 + 0.25f * 25) / 4);
    assertThatThrownBy(() -> new MeanSquaredError().of(Tensor.zeros(Shape.of(2, 3)), targets))
        .hasMessage(
            "mean_squared_error: an output of shape (2, 3) has no targets of 2 examples, 2 numbers each");
  }

  @Test
  void aFunctionIsALossOfTheOutput() {
    Loss loss =
        (output, targets) ->
            meanSquaredError(output, Tensor.of(output.shape(), targets.distribution()));
    Trainer trainer = trainer(new Dense(1), loss);
    BatchSource data = ArrayBatches.of(XOR, EXCLUSIVE, 4, 5);
    double before = trainer.evaluate(data).loss();
    trainer.fit(data, null, 100);
    assertThat(trainer.evaluate(data).loss()).isLessThan(0.1 * before);
  }

  @Test
  void aLossThatDoesNotFitTheModelsEndIsRefused() {
    BatchSource data = ArrayBatches.of(XOR, EXCLUSIVE, 4, 5);
    assertThatThrownBy(
            () -> trainer(new Dense(2), new CategoricalCrossentropy()).fit(data, null, 1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("needs a model that ends in SOFTMAX, m ends in Dense dense_1");
    Trainer weighted = trainer(new Dense(1), new MeanSquaredError()).classWeights(1, 2);
    assertThatThrownBy(() -> weighted.fit(data, null, 1))
        .hasMessageContaining("class weights need a loss of classes");
    EarlyStopping stopping = new EarlyStopping(Monitor.ACCURACY, 1, null);
    Trainer monitored = trainer(new Dense(1), new MeanSquaredError()).callbacks(List.of(stopping));
    assertThatThrownBy(() -> monitored.fit(data, null, 1))
        .hasMessageContaining("the loss has no accuracy; monitor LOSS");
  }

  @Test
  void optimizersTakeBareTensors() {
    RandomStream random = RandomStream.of(1);
    Tensor[] w = {weight(random, 2, 8), weight(random, 8), weight(random, 8, 1), weight(random, 1)};
    Tensor target = Tensor.of(Shape.of(4, 1), 0, 1, 1, 0);
    SGD sgd = new SGD(0.2, 0.9, false);
    float loss = 1;
    for (int i = 0; i < 500; i++) {
      Tensor hidden = Tanh.tanh(dense(XOR, w[0], w[1], false));
      Tensor error = meanSquaredError(dense(hidden, w[2], w[3], false), target);
      loss = error.item();
      Autograd.backward(error);
      sgd.step(w);
    }
    assertThat(loss).isLessThan(0.01f);
    assertThat(sgd.slots())
        .containsOnlyKeys("m/tensor_0", "m/tensor_1", "m/tensor_2", "m/tensor_3");
    assertThatThrownBy(() -> sgd.step(Tensor.zeros(Shape.of(2))))
        .hasMessageContaining("leaves that require gradients, received Tensor(2)");
    assertThatThrownBy(() -> sgd.step(add(w[1], w[1]))).hasMessageContaining("leaves");
  }

  private static Tensor weight(RandomStream random, int... dims) {
    Tensor weight = Tensor.zeros(Shape.of(dims)).requireGrad(true);
    for (int i = 0; i < weight.size(); i++) {
      weight.data()[i] = 2 * random.nextFloat() - 1;
    }
    return weight;
  }

  @Test
  void arraysAreShuffledAnewEachEpochAndAllThere() {
    Tensor x = Tensor.zeros(Shape.of(7, 1));
    int[] labels = new int[7];
    for (int n = 0; n < 7; n++) {
      x.data()[n] = n;
      labels[n] = n;
    }
    ArrayBatches data = ArrayBatches.of(x, labels, 3, 1);
    assertThat(data.steps()).isEqualTo(3);
    int[] first = labels(data, 0, 0);
    assertThat(first).isEqualTo(labels(data, 0, 0)).isNotEqualTo(labels(data, 1, 0));
    assertThat(labels(data, 0, 2)).containsExactly(first[6]);
    assertThat(first).containsExactlyInAnyOrder(labels);
    assertThat(labels(data.inOrder(), 5, 0)).containsExactly(labels);
    assertThatThrownBy(() -> ArrayBatches.of(x, new int[6], 3, 1))
        .hasMessage("a batch of shape (7, 1) needs 7 labels, received 6");
    assertThatThrownBy(() -> ArrayBatches.of(x, labels, 0, 1)).hasMessageContaining("at least 1");
  }

  private static int[] labels(BatchSource source, int epoch, int step) {
    int[] all = new int[7];
    int count = 0;
    try (BatchSource.Batches batches = source.open(epoch, step)) {
      for (Batch batch = batches.next(); batch != null; batch = batches.next()) {
        for (int n = 0; n < batch.size(); n++) {
          assertThat(batch.x().data()[n]).isEqualTo(batch.labels()[n]);
          all[count++] = batch.labels()[n];
        }
      }
    }
    return Arrays.copyOf(all, count);
  }

  @Test
  void aCompiledModelFitsEvaluatesAndGoesOn() {
    Model model = model(new Dense(1).activation(SIGMOID));
    BatchSource data = ArrayBatches.of(XOR, EXCLUSIVE, 4, 5);
    assertThatThrownBy(() -> model.fit(data, null, 1)).hasMessageContaining("compile the model m");
    model.compile(new Adam(0.05), new BinaryCrossentropy());
    assertThat(model.fit(data, null, 2)).hasSize(2);
    assertThat(model.fit(data, data, 100)).hasSize(100);
    assertThat(model.evaluate(data).accuracy()).isEqualTo(1);
    assertThat(model.forward(XOR, Pass.INFERENCE).shape()).isEqualTo(Shape.of(4, 1));
    assertThat(model.predict(XOR).data()[1]).isGreaterThan(0.5f);
  }
}
