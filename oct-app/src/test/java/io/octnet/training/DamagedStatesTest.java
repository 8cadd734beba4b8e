package io.octnet.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.octnet.callbacks.CsvLogger;
import io.octnet.callbacks.EarlyStopping;
import io.octnet.callbacks.Monitor;
import io.octnet.callbacks.ReduceLROnPlateau;
import io.octnet.fuzz.Damage;
import io.octnet.fuzz.Watched;
import io.octnet.images.Preprocess;
import io.octnet.layers.ActivationFunction;
import io.octnet.layers.BatchNormalization;
import io.octnet.layers.Conv2D;
import io.octnet.layers.Dense;
import io.octnet.layers.GlobalAveragePooling2D;
import io.octnet.layers.InputLayer;
import io.octnet.models.Batch;
import io.octnet.models.BatchSource;
import io.octnet.models.Model;
import io.octnet.models.Trainer;
import io.octnet.models.TrainerState;
import io.octnet.optimizers.Adam;
import io.octnet.runs.ModelInfo;
import io.octnet.runs.RunFolder;
import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;
import io.octnet.zoo.Network;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * A damaged newest state is never taken for a good one: the one before is, or it holds what was
 * saved after all.
 */
class DamagedStatesTest {
  private static Path folder;
  private static RunFolder run;
  private static byte[] last;
  private static String lastDigest;
  private static String previousDigest;

  @BeforeContainer
  static void train() throws Exception {
    folder = Files.createTempDirectory("octnet-states");
    run = RunFolder.create(folder, "cnn3");
    Trainer trainer = trainer();
    trainer.fit(batches(), batches(), 2);
    previousDigest = StateDigest.of(trainer);
    states().save(trainer);
    trainer.fit(batches(), batches(), 3);
    lastDigest = StateDigest.of(trainer);
    states().save(trainer);
    last = Files.readAllBytes(run.file(RunFolder.LAST));
  }

  @AfterContainer
  static void clean() throws Exception {
    run.close();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private static SavedStates states() {
    List<String> classes = List.of("a", "b");
    return new SavedStates(run, new ModelInfo(Network.CNN3, 16, Preprocess.DIV255, classes));
  }

  private static Trainer trainer() {
    var x = new Conv2D(3, 3).apply(InputLayer.input(6, 6, 1));
    x = new GlobalAveragePooling2D().apply(new BatchNormalization().apply(x));
    Model model =
        Model.of("small", new Dense(2).activation(ActivationFunction.SOFTMAX).apply(x))
            .initialize(1);
    return new Trainer(model, new Adam(0.01))
        .callbacks(
            List.of(
                new ReduceLROnPlateau(Monitor.VAL_LOSS, 0.2, 1, 1e-5, 0),
                new EarlyStopping(Monitor.VAL_LOSS, 9, null),
                new CsvLogger(folder.resolve("history.csv"))));
  }

  private static BatchSource batches() {
    float[] values = new float[2 * 36];
    for (int i = 0; i < values.length; i++) {
      values[i] = i % 7;
    }
    Batch batch = new Batch(Tensor.of(Shape.of(2, 6, 6, 1), values), new int[] {0, 1});
    return new BatchSource() {
      @Override
      public int steps() {
        return 1;
      }

      @Override
      public int examples() {
        return 2;
      }

      @Override
      public Batches open(int epoch, int firstStep) {
        return new Batches() {
          private boolean done = firstStep > 0;

          @Override
          public Batch next() {
            boolean before = done;
            done = true;
            return before ? null : batch;
          }

          @Override
          public void close() {}
        };
      }
    };
  }

  /** The damaged one must not be moved over the one before by the first save. */
  @Example
  void theStateThatItGoesOnFromOutlivesTheNextSave() throws Exception {
    byte[] previous = Files.readAllBytes(run.file(RunFolder.PREVIOUS));
    Files.writeString(run.file(RunFolder.LAST), "rubbish");
    try {
      Trainer trainer = trainer();
      assertThat(states().restore(trainer)).hasSize(1);
      states().save(trainer);
      Files.delete(run.file(RunFolder.LAST)); // as if that save had been lost
      Trainer again = trainer();
      states().restore(again);
      assertThat(StateDigest.of(again)).isEqualTo(previousDigest);
    } finally {
      Files.write(run.file(RunFolder.LAST), last);
      Files.write(run.file(RunFolder.PREVIOUS), previous);
    }
  }

  @Property(
      tries = 2000,
      seed = "4715",
      shrinking = ShrinkingMode.OFF,
      edgeCases = EdgeCasesMode.NONE)
  void trainingGoesOnFromAWholeState(@ForAll long seed) throws Exception {
    Files.write(run.file(RunFolder.LAST), Damage.binary(last, new Random(seed)));
    Watched.read(
        () -> {
          Trainer trainer = trainer();
          List<String> passedOver = states().restore(trainer);
          assertThat(StateDigest.of(trainer))
              .isEqualTo(passedOver.isEmpty() ? lastDigest : previousDigest);
          assertThat(passedOver)
              .allSatisfy(
                  line ->
                      assertThat(line).startsWith("the state last.h5 is passed").hasLineCount(1));
          TrainerState state = trainer.state();
          assertThat(state.values()).containsEntry("epoch", passedOver.isEmpty() ? "3" : "2");
        });
  }
}
