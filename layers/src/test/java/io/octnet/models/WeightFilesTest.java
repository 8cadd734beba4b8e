package io.octnet.models;

import static io.octnet.layers.ActivationFunction.RELU;
import static io.octnet.layers.ActivationFunction.SOFTMAX;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.octnet.layers.BatchNormalization;
import io.octnet.layers.Conv2D;
import io.octnet.layers.Dense;
import io.octnet.layers.Dropout;
import io.octnet.layers.GlobalAveragePooling2D;
import io.octnet.layers.InputLayer;
import io.octnet.layers.Symbol;
import io.octnet.optimizers.Adam;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WeightFilesTest {
  @TempDir Path folder;

  private static Model model(int filters) {
    Symbol x = new Conv2D(filters, 3).activation(RELU).apply(InputLayer.input(5, 7, 3));
    x = new Dropout(0.3).apply(new BatchNormalization().apply(x));
    x = new GlobalAveragePooling2D().apply(x);
    return Model.of("m", new Dense(3).activation(SOFTMAX).apply(x));
  }

  private static List<float[]> weights(Model model) {
    return model.parameters().stream().map(p -> p.tensor().data().clone()).toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"w.h5", "w.weights.h5"})
  void weightsComeBackWithTheSameBits(String name) throws IOException {
    Model saved = model(7).initialize(1);
    WeightFiles.save(saved, folder.resolve(name));
    Model loaded = model(7);
    WeightFiles.load(loaded, folder.resolve(name));
    assertThat(weights(loaded)).usingRecursiveComparison().isEqualTo(weights(saved));
  }

  @Test
  void aFileOfAnotherModelLeavesTheWeightsAlone() throws IOException {
    Path file = folder.resolve("w.h5");
    WeightFiles.save(model(7).initialize(1), file);
    Model other = model(6).initialize(2);
    List<float[]> before = weights(other);
    assertThatThrownBy(() -> WeightFiles.load(other, file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("w.h5")
        .hasMessageContaining("conv2d");
    assertThat(weights(other)).usingRecursiveComparison().isEqualTo(before);
  }

  @Test
  void aTrainingSavedInAFileGoesOnWithTheSameBits() throws IOException {
    Path file = folder.resolve("last.h5");
    Model straight = model(7).initialize(1);
    BatchSource data = new ArraySource(straight.inputShape(), 29, 3, 8, 4);
    new Trainer(straight, new Adam(0.01)).seed(9).fit(data, null, 3);

    Model first = model(7).initialize(1);
    Trainer interrupted = new Trainer(first, new Adam(0.01)).seed(9);
    interrupted.callbacks(
        List.of(
            new Callback() {
              @Override
              public void onStepEnd(Trainer trainer, StepReport report) {
                if (report.epoch() == 1 && report.step() == 1) {
                  trainer.interrupt();
                }
              }
            }));
    interrupted.fit(data, null, 3);
    WeightFiles.saveTraining(interrupted, file);

    Model second = model(7);
    Trainer resumed = new Trainer(second, new Adam());
    WeightFiles.loadTraining(resumed, file);
    resumed.fit(data, null, 3);
    assertThat(weights(second)).usingRecursiveComparison().isEqualTo(weights(straight));
  }

  @Test
  void weightsAloneCannotBeResumed() throws IOException {
    Path file = folder.resolve("best.h5");
    Model model = model(7).initialize(1);
    WeightFiles.save(model, file);
    assertThatThrownBy(() -> WeightFiles.loadTraining(new Trainer(model, new Adam()), file))
        .hasMessageContaining("cannot be resumed");
  }
}
