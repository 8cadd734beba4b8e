package io.octnet.callbacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.octnet.layers.Dense;
import io.octnet.layers.InputLayer;
import io.octnet.models.Callback;
import io.octnet.models.EpochReport;
import io.octnet.models.Evaluation;
import io.octnet.models.Model;
import io.octnet.models.Trainer;
import io.octnet.models.TrainerState;
import io.octnet.optimizers.SGD;
import io.octnet.testing.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The sequences of callbacks.json, each straight through and with a restart after every epoch.
 * Where the first value is NaN or infinite this engine follows Keras 2, knowingly: see {@link
 * EarlyStopping}.
 */
class GoldenCallbacksTest {

  @TestFactory
  Stream<DynamicTest> everySequence() throws IOException {
    JsonArray sequences =
        JsonParser.parseString(
                Files.readString(Golden.folder("training").resolve("callbacks.json")))
            .getAsJsonObject()
            .getAsJsonArray("sequences");
    assertThat(sequences).isNotEmpty();
    return sequences.asList().stream()
        .map(JsonElement::getAsJsonObject)
        .flatMap(
            s ->
                Stream.of(
                    DynamicTest.dynamicTest(name(s), () -> check(s, false)),
                    DynamicTest.dynamicTest(name(s) + ", restarted", () -> check(s, true))));
  }

  private static String name(JsonObject sequence) {
    return sequence.get("name").getAsString();
  }

  /** What one training remembers in files: the epoch's number is its weight. */
  private static final class Disk {
    private final List<Integer> checkpoints = new ArrayList<>();
    private float best = -1;

    private WeightStore best() {
      return new WeightStore() {
        @Override
        public void save(Model model) {
          best = weight(model);
        }

        @Override
        public void load(Model model) {
          setWeight(model, best);
        }
      };
    }

    private WeightStore checkpoint() {
      return new WeightStore() {
        @Override
        public void save(Model model) {
          checkpoints.add((int) weight(model));
        }

        @Override
        public void load(Model model) {
          throw new AssertionError("never loaded");
        }
      };
    }
  }

  private static Trainer trainer(Disk disk) {
    Model model = Model.of("one", new Dense(1).useBias(false).apply(InputLayer.input(1)));
    model.initialize(1);
    List<Callback> callbacks =
        List.of(
            new EarlyStopping(Monitor.VAL_LOSS, 3, disk.best()),
            new ReduceLROnPlateau(Monitor.VAL_LOSS, 0.2, 1, 1e-5, 0),
            ModelCheckpoint.bestOnly(Monitor.VAL_LOSS, disk.checkpoint()));
    return new Trainer(model, new SGD(1e-3)).callbacks(callbacks);
  }

  private static void check(JsonObject sequence, boolean restarting) {
    JsonObject keras2 = sequence.getAsJsonObject("differsInKeras2");
    Disk disk = new Disk();
    Trainer trainer = trainer(disk);
    List<Float> rates = new ArrayList<>();
    List<Double> losses =
        sequence.getAsJsonArray("valLoss").asList().stream()
            .map(v -> Double.parseDouble(spelled(v.getAsString())))
            .toList();
    int epoch = 0;
    while (epoch < losses.size() && !isStopped(trainer)) {
      rates.add(trainer.optimizer().learningRate());
      setWeight(trainer.model(), epoch);
      endEpoch(trainer, epoch, losses.get(epoch));
      epoch++;
      if (restarting) {
        TrainerState state = trainer.state();
        trainer = trainer(disk);
        trainer.restore(state);
      }
    }
    boolean stopped = isStopped(trainer);
    for (Callback callback : trainer.callbacks()) {
      callback.onTrainEnd(trainer);
    }

    assertThat(rates.size()).isEqualTo(expected(sequence, keras2, "epochsRun").getAsInt());
    JsonArray expectedRates = expected(sequence, keras2, "learningRateOfEpoch").getAsJsonArray();
    for (int i = 0; i < rates.size(); i++) {
      assertRate(rates.get(i), expectedRates.get(i).getAsDouble());
    }
    assertRate(
        trainer.optimizer().learningRate(),
        expected(sequence, keras2, "learningRateAfter").getAsDouble());
    JsonElement stop = expected(sequence, keras2, "stoppedAtEpoch");
    assertThat(stopped ? (Integer) (epoch - 1) : null)
        .isEqualTo(stop.isJsonNull() ? null : (Integer) stop.getAsInt());
    assertThat((int) weight(trainer.model()))
        .isEqualTo(expected(sequence, keras2, "weightsAtEndAreOfEpoch").getAsInt());
    assertThat(((EarlyStopping) trainer.callbacks().getFirst()).bestEpoch())
        .isEqualTo(expected(sequence, keras2, "bestEpoch").getAsInt());
    assertThat(disk.checkpoints)
        .isEqualTo(
            expected(sequence, keras2, "checkpointSavedAtEpochs").getAsJsonArray().asList().stream()
                .map(JsonElement::getAsInt)
                .toList());
  }

  private static boolean isStopped(Trainer trainer) {
    return Boolean.parseBoolean(trainer.state().values().get("stopped"));
  }

  private static JsonElement expected(JsonObject sequence, JsonObject keras2, String key) {
    return keras2.has(key) ? keras2.get(key) : sequence.get(key);
  }

  private static String spelled(String value) {
    return switch (value) {
      case "nan" -> "NaN";
      case "inf" -> "Infinity";
      default -> value;
    };
  }

  private static void endEpoch(Trainer trainer, int epoch, double valLoss) {
    EpochReport report =
        new EpochReport(
            epoch,
            new Evaluation(1, 0, 1),
            new Evaluation(valLoss, 0, 1),
            trainer.optimizer().learningRate(),
            1,
            1);
    trainer.callbacks().forEach(c -> c.onEpochEnd(trainer, report));
  }

  private static void assertRate(double actual, double expected) {
    assertThat(actual).isCloseTo(expected, within(1e-5 * expected));
  }

  private static float weight(Model model) {
    return model.parameters().getFirst().tensor().data()[0];
  }

  private static void setWeight(Model model, float value) {
    model.parameters().getFirst().assign(new float[] {value});
  }
}
