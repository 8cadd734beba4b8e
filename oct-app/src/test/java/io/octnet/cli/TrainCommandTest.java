package io.octnet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import io.octnet.runs.ConfigFile;
import io.octnet.synthetic.SyntheticSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trainings of a few small images: what is written, not how well it learns. */
class TrainCommandTest {
  @TempDir static Path folder;

  private static Path data;
  private static Path out;
  private static Cli.Result first;

  @BeforeAll
  static void trainOnce() {
    data = folder.resolve("scans");
    out = folder.resolve("runs");
    new SyntheticSet(12, 32, 7).write(data, 2);
    first = train();
  }

  /** Trains with small settings, which options may override. */
  private static Cli.Result train(Object... options) {
    Map<String, String> environment =
        Map.of(
            "OCTNET_DATA", data.toString(),
            "OCTNET_OUT", out.toString(),
            "OCTNET_IMAGE_SIZE", "16",
            "OCTNET_EPOCHS", "2",
            "OCTNET_BATCH_SIZE", "7",
            "OCTNET_FRACTIONS", "0.5,0.25,0.25");
    return Cli.with(environment, Stream.concat(Stream.of("train"), Stream.of(options)).toArray());
  }

  /** The folder that a training printed. */
  private static Path runOf(Cli.Result result) {
    String line = result.out().lines().filter(l -> l.startsWith("run: ")).findFirst().orElseThrow();
    return Path.of(line.substring("run: ".length()));
  }

  private static Path run(String name) {
    return out.resolve(name);
  }

  @Test
  void printsTheRunFolderAndWritesWhatBelongsInIt() throws IOException {
    assertThat(first.code()).as(first.err()).isZero();
    assertThat(first.out())
        .contains("run: " + run("train-cnn3-1"))
        .contains("log-loss", "accuracy", "F1-macro", "train  ", "validation  ", "test  ");
    assertThat(first.err()).contains("epoch 1/2", "epoch 2/2", "classes CNV, DME, DRUSEN, NORMAL");
    Path run = run("train-cnn3-1");
    for (String file :
        List.of("config.yaml", "environment.json", "best.h5", "last.h5", "checksums.txt")) {
      assertThat(run.resolve(file)).isNotEmptyFile();
    }
    assertThat(Files.readAllLines(run.resolve("split.csv")))
        .startsWith("file,sha256,patient,class,split")
        .hasSize(49);
    assertThat(Files.readAllLines(run.resolve("history.csv")))
        .startsWith(
            "epoch,loss,accuracy,val_loss,val_accuracy,learning_rate,seconds,images_per_second")
        .hasSize(3);
    assertThat(Files.readAllLines(run.resolve("predictions.csv")))
        .startsWith("file,patient,split,class,predicted,p_CNV,p_DME,p_DRUSEN,p_NORMAL")
        .hasSize(49);
    assertThat(ConfigFile.read(run.resolve("config.yaml")))
        .containsEntry("batch-size", "7")
        .containsEntry("model", "cnn3");
    assertThat(run.toFile().list()).noneMatch(name -> name.endsWith(".tmp"));
  }

  @Test
  void theSameCommandGivesTheSameBits() throws IOException {
    Cli.Result again = train("--threads", 1);
    Path other = runOf(again);

    assertThat(other).isNotEqualTo(run("train-cnn3-1"));
    for (String file : List.of("best.h5", "predictions.csv", "split.csv")) {
      assertThat(other.resolve(file)).hasSameBinaryContentAs(run("train-cnn3-1").resolve(file));
    }
    assertThat(history(other)).isEqualTo(history(run("train-cnn3-1")));
  }

  /** Without the columns of time. */
  private static List<List<String>> history(Path run) throws IOException {
    return Files.readAllLines(run.resolve("history.csv")).stream()
        .map(line -> List.of(line.split(",")).subList(0, 6))
        .toList();
  }

  @Test
  void predictSaysWhatTheRunSaid() throws IOException {
    Cli.Result result = Cli.run("predict", run("train-cnn3-1"), data);

    assertThat(result.code()).as(result.err()).isZero();
    List<String> rows = result.out().lines().toList();
    assertThat(rows.getFirst())
        .isEqualTo("file,predicted,p_CNV,p_DME,p_DRUSEN,p_NORMAL,referral,error");
    List<String> recorded = Files.readAllLines(run("train-cnn3-1").resolve("predictions.csv"));
    assertThat(rows).hasSize(49);
    double threshold = threshold(run("train-cnn3-1"));
    for (int i = 1; i < rows.size(); i++) {
      String[] cells = rows.get(i).split(",");
      String[] expected = recorded.get(i).split(",");
      assertThat(cells[0]).endsWith(expected[0]);
      assertThat(Arrays.copyOfRange(cells, 1, 6)).isEqualTo(Arrays.copyOfRange(expected, 4, 9));
      double referred = Double.parseDouble(cells[2]) + Double.parseDouble(cells[3]);
      assertThat(cells[6]).as(rows.get(i)).isEqualTo(referred >= threshold ? "yes" : "no");
    }
  }

  /** What the run's report says that one is referred from. */
  private static double threshold(Path run) throws IOException {
    JsonElement chosen =
        JsonParser.parseString(Files.readString(run.resolve("metrics.json")))
            .getAsJsonObject()
            .getAsJsonObject("test")
            .getAsJsonObject("referral")
            .get("threshold");
    return chosen.isJsonNull() ? 0.5 : chosen.getAsDouble();
  }

  @Test
  void predictRefersFromTheThresholdThatTheRunChose() throws IOException {
    Path own = folder.resolve("own");
    Path metrics = runOf(train("--out", own, "--epochs", 1)).resolve("metrics.json");
    String text = Files.readString(metrics);

    for (double threshold : new double[] {0, 1.5}) {
      Files.writeString(
          metrics, text.replaceAll("\"threshold\": [^,]+", "\"threshold\": " + threshold));
      List<String> rows =
          Cli.run("predict", metrics.getParent(), data).out().lines().skip(1).toList();
      assertThat(rows)
          .hasSize(48)
          .allMatch(row -> row.split(",")[6].equals(threshold == 0 ? "yes" : "no"));
    }
  }

  @Test
  void aFileThatCannotBeReadGetsARowAndTheOthersGoOn() throws IOException {
    Path text = Files.writeString(folder.resolve("text.jpeg"), "no image");
    Path good = data.resolve("CNV/CNV-1000-1.png");

    Cli.Result csv =
        Cli.run("predict", run("train-cnn3-1"), text, good, folder.resolve("none.png"));
    Cli.Result json = Cli.run("predict", run("train-cnn3-1"), "--json", text, good);

    assertThat(csv.code()).isEqualTo(1);
    assertThat(csv.out().lines().toList()).hasSize(4);
    assertThat(csv.out()).contains("no JPEG, PNG", "no such file");
    assertThat(csv.complaint()).isEqualTo("octnet: 2 of 3 files could not be read");
    assertThat(json.code()).isEqualTo(1);
    assertThat(json.out()).startsWith("{").contains("\"error\":", "\"probabilities\":");
  }

  @Test
  void aWeightFileAlonePredictsAndOneOfAnotherNetworkIsRefused() throws IOException {
    Path good = data.resolve("CNV/CNV-1000-1.png");
    Path best = run("train-cnn3-1").resolve("best.h5");
    Path bare = folder.resolve("bare.weights.h5");
    assertThat(Cli.run("convert", best, bare).code()).isZero();

    String expected = Cli.run("predict", best, good).out();
    assertThat(expected).contains("CNV-1000-1.png,");
    assertThat(Cli.run("predict", bare, good, "--model", "cnn3", "--image-size", 16).out())
        .isEqualTo(expected);

    assertThat(Cli.run("predict", bare, good).complaint())
        .contains("no architecture; name the network: --model");
    Cli.Result wrong = Cli.run("predict", bare, good, "--model", "cnn7");
    assertThat(wrong.code()).isEqualTo(1);
    assertThat(wrong.complaint()).contains("bare.weights.h5").hasLineCount(1);
    assertThat(Cli.run("predict", folder.resolve("none.h5"), good).complaint())
        .contains("no weights");
    assertThat(Cli.run("predict", folder, good).complaint()).contains("is no run folder");
    Path empty = Files.createDirectory(folder.resolve("empty"));
    assertThat(Cli.run("predict", best, empty).complaint()).contains("no images in");
  }

  @Test
  void damagedFilesAreListedAndLeftOut() throws IOException {
    Path spoilt = folder.resolve("spoilt");
    new SyntheticSet(9, 32, 7).write(spoilt, 2);
    Files.writeString(spoilt.resolve("DME/DME-77-1.jpeg"), "text");
    Files.createFile(spoilt.resolve("CNV/CNV-78-1.png"));

    Cli.Result result = train("--data", spoilt, "--epochs", 1);

    assertThat(result.code()).as(result.err()).isZero();
    assertThat(result.err())
        .contains("left out, 2 files:", "CNV/CNV-78-1.png: ", "DME/DME-77-1.jpeg: ", "36 images");
  }

  @Test
  void dataThatCannotBeTrainedOnIsOneLineAndExitCodeOne() throws IOException {
    Path one = Files.createDirectories(folder.resolve("one/CNV")).getParent();
    Files.copy(data.resolve("CNV/CNV-1000-1.png"), one.resolve("CNV/CNV-1-1.png"));
    int runs = out.toFile().list().length;

    for (Path bad : List.of(folder.resolve("nowhere"), one, folder.resolve("text.jpeg"))) {
      Cli.Result result = train("--data", bad);
      assertThat(result.code()).isEqualTo(1);
      assertThat(result.complaint()).startsWith("octnet: ").hasLineCount(1);
    }
    assertThat(out.toFile().list()).hasSize(runs);
  }

  @Test
  void aLossThatIsNoNumberNamesTheStepThePlaceAndTheFiles() {
    Cli.Result result = train("--learning-rate", "1e30");

    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err().lines().filter(line -> line.startsWith("octnet: ")).toList())
        .singleElement()
        .asString()
        .contains("in epoch 1, step ", "first in ", "batch: ", ".png", "and 4 more");
  }

  @Test
  void weightsThatAreNotFiniteEndTheRunAndAreNeverTheBest() throws IOException {
    Path own = folder.resolve("diverged");
    Cli.Result result = train("--learning-rate", "1e10", "--out", own);

    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err().lines().filter(line -> line.startsWith("octnet: ")).toList())
        .singleElement()
        .asString()
        .contains(" in epoch 1; lower the learning rate", "the weights saved before are kept");
    assertThat(own.resolve("train-cnn3-1/best.h5")).doesNotExist();
    assertThat(own.resolve("train-cnn3-1/last.h5")).exists();
  }

  @Test
  void aFolderThatCannotBeWrittenIsNamed() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));

    Cli.Result result = train("--out", file.resolve("runs"));

    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err()).contains("octnet: cannot write into " + file.resolve("runs"));
  }

  @Test
  void patientsThatNobodyKnowsAndLeaksAreSaid() {
    Cli.Result unknown = train("--patient-regex", "(zzz)", "--epochs", 1);
    Cli.Result leaky = train("--split", "image", "--epochs", 1);

    assertThat(unknown.err())
        .contains("patients unknown", "audit: ", "the network waited for images in ");
    assertThat(leaky.err()).contains("LEAKY: ");
    assertThat(leaky.out().lines().filter(line -> line.startsWith("LEAKY"))).hasSize(4);
  }

  @Test
  void splitWritesWhatTrainUsed() throws IOException {
    Cli.Result result =
        Cli.run("split", "--data", data, "--fractions", "0.5,0.25,0.25", "--seed", 42);

    assertThat(result.code()).isZero();
    assertThat(result.out()).isEqualTo(Files.readString(run("train-cnn3-1").resolve("split.csv")));
  }

  @Test
  void aSplitFileIsFollowed() throws IOException {
    Path csv = folder.resolve("mine.csv");
    Files.writeString(csv, Cli.run("split", "--data", data, "--seed", 5).out());

    Cli.Result result = train("--split-file", csv, "--epochs", 1);

    Path run = runOf(result);
    assertThat(run.resolve("split.csv")).hasSameTextualContentAs(csv);
  }

  @Test
  void theProgressIsDrawnOnATerminalOnly() {
    Cli.Result result =
        Cli.on(
            new Terminal(true, 40),
            Map.of(),
            "predict",
            run("train-cnn3-1"),
            data.resolve("CNV/CNV-1000-1.png"));

    assertThat(result.err()).contains("\rpredicting: 1 of 1").endsWith("\r\u001b[K");
    assertThat(first.err()).doesNotContain("\r");
  }
}
