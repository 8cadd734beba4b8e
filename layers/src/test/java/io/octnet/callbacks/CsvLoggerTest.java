package io.octnet.callbacks;

import static org.assertj.core.api.Assertions.assertThat;

import io.octnet.layers.Dense;
import io.octnet.layers.InputLayer;
import io.octnet.models.EpochReport;
import io.octnet.models.Evaluation;
import io.octnet.models.Model;
import io.octnet.models.Trainer;
import io.octnet.models.TrainerState;
import io.octnet.optimizers.SGD;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvLoggerTest {
  @TempDir Path folder;

  private static Trainer trainer() {
    Model model = Model.of("one", new Dense(1).apply(InputLayer.input(1))).initialize(1);
    return new Trainer(model, new SGD(0.1));
  }

  private static EpochReport report(int epoch, Evaluation validation) {
    return new EpochReport(epoch, new Evaluation(0.5, 0.25, 4), validation, 0.1f, 1.5, 32.25);
  }

  @Test
  void aLineAnEpochAndAnEmptyFieldWithoutValidation() throws IOException {
    Path file = folder.resolve("history.csv");
    CsvLogger logger = new CsvLogger(file);
    logger.onTrainBegin(trainer());
    logger.onEpochEnd(trainer(), report(0, new Evaluation(Double.NaN, 0.75, 4)));
    logger.onEpochEnd(trainer(), report(1, null));
    assertThat(Files.readAllLines(file))
        .containsExactly(
            "epoch,loss,accuracy,val_loss,val_accuracy,learning_rate,seconds,images_per_second",
            "1,0.5,0.25,NaN,0.75,0.1,1.500,32.25",
            "2,0.5,0.25,,,0.1,1.500,32.25");
    assertThat(folder)
        .isDirectoryContaining(path -> path.equals(file))
        .isDirectoryNotContaining("glob:**.tmp");
  }

  private static Trainer inEpoch(int epoch) {
    Trainer trainer = trainer();
    Map<String, String> values = new HashMap<>(trainer.state().values());
    values.put("epoch", Integer.toString(epoch));
    trainer.restore(new TrainerState(values, Map.of()));
    return trainer;
  }

  /** Two epochs whose state was saved, and one that was not. */
  private Map<String, String> stateAfterTwoOfThree(Path file) {
    CsvLogger first = new CsvLogger(file);
    first.onTrainBegin(trainer());
    first.onEpochEnd(trainer(), report(0, null));
    first.onEpochEnd(trainer(), report(1, new Evaluation(1, 1, 1)));
    Map<String, String> state = first.state();
    first.onEpochEnd(trainer(), report(2, null));
    return state;
  }

  @Test
  void aResumedTrainingKeepsTheLinesBeforeItAndDropsTheOthers() throws IOException {
    Path file = folder.resolve("history.csv");
    CsvLogger second = new CsvLogger(file);
    second.restore(stateAfterTwoOfThree(file));
    second.onTrainBegin(inEpoch(2));
    assertThat(Files.readAllLines(file))
        .hasSize(3)
        .contains("1,0.5,0.25,,,0.1,1.500,32.25", "2,0.5,0.25,1.0,1.0,0.1,1.500,32.25");
    second.onEpochEnd(inEpoch(2), report(2, new Evaluation(1, 1, 1)));
    assertThat(Files.readAllLines(file))
        .hasSize(4)
        .last()
        .asString()
        .startsWith("3,0.5,0.25,1.0,1.0");
  }

  @Test
  void aVanishedOrDamagedFileComesBackFromTheStateWithoutTimes() throws IOException {
    Path file = folder.resolve("history.csv");
    Map<String, String> state = stateAfterTwoOfThree(file);
    for (String damaged : new String[] {null, "", "rubbish\n\"", "epoch\n1,0.7,0.25,,,0.1,1,1\n"}) {
      Files.deleteIfExists(file);
      if (damaged != null) {
        Files.writeString(file, damaged);
      }
      CsvLogger resumed = new CsvLogger(file);
      resumed.restore(state);
      resumed.onTrainBegin(inEpoch(2));
      assertThat(Files.readAllLines(file))
          .as(damaged)
          .hasSize(3)
          .contains("1,0.5,0.25,,,0.1,,", "2,0.5,0.25,1.0,1.0,0.1,,");
    }
  }

  @Test
  void progressIsToldInOneLineAnEpoch() {
    List<String> finished = new ArrayList<>();
    ProgressLine progress = new ProgressLine(20, line -> {}, finished::add);
    progress.onEpochBegin(trainer(), 0);
    progress.onEpochEnd(trainer(), report(0, new Evaluation(0.5, 1, 4)));
    assertThat(finished)
        .containsExactly(
            "epoch 1/20  loss 0.5000  accuracy 0.2500  val_loss 0.5000  val_accuracy 1.0000"
                + "  learning rate 0.100  2 s  32.3 images/s");
  }
}
