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
        .isDirectoryNotContaining("glob:**.part");
  }

  @Test
  void aResumedTrainingKeepsTheLinesBeforeItAndDropsTheOthers() throws IOException {
    Path file = folder.resolve("history.csv");
    CsvLogger first = new CsvLogger(file);
    first.onTrainBegin(trainer());
    for (int epoch = 0; epoch < 3; epoch++) {
      first.onEpochEnd(trainer(), report(epoch, null));
    }
    Trainer resumed = trainer();
    Map<String, String> values = new HashMap<>(resumed.state().values());
    values.put("epoch", "2");
    resumed.restore(new TrainerState(values, Map.of()));
    CsvLogger second = new CsvLogger(file);
    second.onTrainBegin(resumed);
    second.onEpochEnd(resumed, report(2, new Evaluation(1, 1, 1)));
    assertThat(Files.readAllLines(file))
        .hasSize(4)
        .last()
        .asString()
        .startsWith("3,0.5,0.25,1.0,1.0");
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
