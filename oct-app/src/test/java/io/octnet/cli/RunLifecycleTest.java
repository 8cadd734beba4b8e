package io.octnet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.octnet.synthetic.SyntheticSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What runs say of themselves, while they live and afterwards. */
class RunLifecycleTest {
  @TempDir static Path folder;

  private static Path data;
  private static Path run;

  @BeforeAll
  static void trainOnce() {
    data = folder.resolve("scans");
    new SyntheticSet(12, 32, 7).write(data, 2);
    Cli.Result result = train("runs", "--tag", "first", "--note", "of a <b>few</b> scans");
    assertThat(result.code()).as(result.err()).isZero();
    run = folder.resolve("runs/train-cnn3-1");
  }

  private static Cli.Result train(String out, Object... options) {
    Map<String, String> small =
        Map.of(
            "OCTNET_DATA", data.toString(),
            "OCTNET_OUT", folder.resolve(out).toString(),
            "OCTNET_IMAGE_SIZE", "16",
            "OCTNET_EPOCHS", "1",
            "OCTNET_BATCH_SIZE", "7");
    return Cli.with(small, Stream.concat(Stream.of("train"), Stream.of(options)).toArray());
  }

  private static JsonObject json(Path file) throws IOException {
    return JsonParser.parseString(Files.readString(file)).getAsJsonObject();
  }

  private static JsonObject onlyRun(String out) {
    Cli.Result result = Cli.run("runs", folder.resolve(out), "--json");
    assertThat(result.code()).as(result.err()).isZero();
    return JsonParser.parseString(result.out())
        .getAsJsonObject()
        .getAsJsonArray("runs")
        .get(0)
        .getAsJsonObject();
  }

  @Test
  void aFinishedRunSaysWhatItIsAndVerifies() throws IOException {
    JsonObject said = json(run.resolve("run.json"));

    assertThat(said.get("status").getAsString()).isEqualTo("FINISHED");
    assertThat(said.get("begun").getAsString())
        .isLessThanOrEqualTo(said.get("ended").getAsString());
    assertThat(said.get("command").toString()).startsWith("[\"train\",\"--tag\",\"first\"");
    assertThat(said.get("tag").getAsString()).isEqualTo("first");
    assertThat(said.get("notes").toString()).contains("audit: ", "data: 48 images");
    assertThat(Files.readString(run.resolve("checksums.txt"))).contains("  run.json");
    assertThat(Cli.run("verify", run).code()).isZero();
  }

  @Test
  void runsAreListedWithScoresAndSortedByAnyColumn() {
    assertThat(train("listed", "--split", "image", "--tag", "b").code()).isZero();
    assertThat(train("listed", "--tag", "a", "--seed", 7).code()).isZero();
    Path listed = folder.resolve("listed");

    Cli.Result byRun = Cli.run("runs", listed);
    Cli.Result byTag = Cli.run("runs", listed, "--sort", "tag");

    assertThat(byRun.code()).as(byRun.err()).isZero();
    List<String> rows = byRun.out().lines().toList();
    assertThat(rows).hasSize(3);
    assertThat(rows.get(0)).startsWith("run").contains("model", "split", "status", "accuracy");
    assertThat(rows.get(1)).contains("train-cnn3-1", "cnn3", "image", "finished", "LEAKY");
    assertThat(rows.get(2)).contains("train-cnn3-2", "patient").doesNotContain("LEAKY");
    assertThat(byTag.out().lines().toList().get(1)).contains("train-cnn3-2");
    assertThat(onlyRun("listed").getAsJsonObject("ci95").getAsJsonArray("f1_macro")).hasSize(2);
    Cli.Result wrong = Cli.run("runs", listed, "--sort", "colour");
    assertThat(wrong.code()).isEqualTo(2);
    assertThat(wrong.complaint()).contains("expected one of run, model").hasLineCount(1);
    assertThat(Cli.run("runs", folder.resolve("none")).code()).isEqualTo(1);
  }

  @Test
  void oneThatSaysRunningThoughNobodyHasItWasKilled() throws IOException {
    assertThat(train("killed").code()).isZero();
    Path file = folder.resolve("killed/train-cnn3-1/run.json");
    Files.writeString(file, Files.readString(file).replace("FINISHED", "RUNNING"));

    assertThat(onlyRun("killed").get("status").getAsString()).isEqualTo("interrupted");
    try (var locked = io.octnet.runs.RunFolder.openLocked(file.getParent())) {
      assertThat(locked.inUse()).isTrue();
      assertThat(onlyRun("killed").get("status").getAsString()).isEqualTo("running");
    }
  }

  @Test
  void aRunThatDivergedHasFailed() {
    assertThat(train("failed", "--learning-rate", "1e10").code()).isEqualTo(1);

    assertThat(onlyRun("failed").get("status").getAsString()).isEqualTo("failed");
    Cli.Result report = Cli.run("report", folder.resolve("failed/train-cnn3-1"));
    assertThat(report.code()).isEqualTo(1);
    assertThat(report.complaint()).contains("is failed, it has no results yet").hasLineCount(1);
  }

  @Test
  void theReportIsMadeAnewFromTheFolderAlone() throws IOException {
    Path card = run.resolve("model-card.md");
    Path page = run.resolve("report.html");
    String cardBefore = Files.readString(card);
    String pageBefore = Files.readString(page);
    Files.delete(card);
    Files.writeString(page, "spoilt");
    Files.delete(run.resolve("plots/confusion.png"));

    Cli.Result result = Cli.run("report", run);

    assertThat(result.code()).as(result.err()).isZero();
    assertThat(result.out()).contains("report: " + page);
    assertThat(card).hasContent(cardBefore);
    assertThat(page).hasContent(pageBefore);
    assertThat(run.resolve("plots/confusion.png")).isNotEmptyFile();
    assertThat(Cli.run("verify", run).out()).startsWith("ok: ");
  }

  @Test
  void aSplitFileWithoutTrainOrValidationIsRefusedBeforeAnyScanIsRead() throws IOException {
    String split = Cli.run("split", "--data", data).out();
    for (String part : List.of("train", "validation")) {
      Path csv = folder.resolve("no-" + part + ".csv");
      Files.write(csv, split.lines().filter(row -> !row.endsWith("," + part)).toList());

      Cli.Result result = train("no-" + part, "--split-file", csv, "--data", "/nowhere");

      assertThat(result.code()).isEqualTo(1);
      assertThat(result.complaint()).contains("has no rows of " + part).hasLineCount(1);
      assertThat(folder.resolve("no-" + part)).doesNotExist();
    }
  }

  @Test
  void weightsAndTheFolderAreTriedBeforeAnyScanIsRead() throws IOException {
    Path rubbish = Files.writeString(folder.resolve("rubbish.h5"), "rubbish");
    Path file = Files.writeString(folder.resolve("in-the-way"), "");
    String nowhere = "/nowhere";

    assertThat(train("early", "--weights", rubbish, "--data", nowhere).complaint())
        .contains("--weights: ")
        .hasLineCount(1);
    assertThat(
            train("early", "--weights", folder.resolve("none.h5"), "--data", nowhere).complaint())
        .contains("none.h5")
        .hasLineCount(1);
    assertThat(train("early", "--out", file.resolve("runs"), "--data", nowhere).complaint())
        .contains("cannot write into " + file)
        .hasLineCount(1);
  }

  @Test
  void aResumedRunNeedsNoFirstWeightsAnyMore() throws IOException {
    Path weights = folder.resolve("first.h5");
    Files.copy(run.resolve("best.h5"), weights);
    Path relative = Path.of("").toAbsolutePath().relativize(weights);
    assertThat(train("weights", "--weights", relative).code()).isZero();
    Path resumed = folder.resolve("weights/train-cnn3-1");
    assertThat(Files.readString(resumed.resolve("config.yaml"))).contains("weights: " + weights);
    Files.delete(weights);

    Cli.Result result = Cli.run("train", "--resume", resumed, "--epochs", 2);

    assertThat(result.code()).as(result.err()).isZero();
  }

  @Test
  void aClassThatIsAbsentIsUndefinedAndOutOfTheMean() throws IOException {
    Path some = folder.resolve("some");
    new SyntheticSet(4, 32, 99).write(some, 2);
    try (Stream<Path> files = Files.walk(some.resolve("DRUSEN"))) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
    Cli.Result json = Cli.run("evaluate", run, "--data", some, "--allow-leak", "--json");
    Cli.Result text = Cli.run("evaluate", run, "--data", some, "--allow-leak");

    assertThat(json.code()).as(json.err()).isZero();
    JsonObject test = JsonParser.parseString(json.out()).getAsJsonObject().getAsJsonObject("test");
    JsonObject classes = test.getAsJsonObject("per_class");
    assertThat(classes.getAsJsonObject("DRUSEN").get("recall").isJsonNull()).isTrue();
    double mean = 0;
    for (String name : List.of("CNV", "DME", "NORMAL")) {
      mean += classes.getAsJsonObject(name).get("f1").getAsDouble() / 3;
    }
    assertThat(test.get("f1_macro").getAsDouble())
        .isCloseTo(mean, org.assertj.core.api.Assertions.within(1e-9));
    assertThat(text.out())
        .contains("F1-macro is the mean over CNV, DME, NORMAL")
        .containsPattern("DRUSEN +- +- +- +0");
  }

  @Test
  void theBestWeightsOfARunReferFromItsThreshold() throws IOException {
    Path own = folder.resolve("own");
    assertThat(train("own").code()).isZero();
    Path metrics = own.resolve("train-cnn3-1/metrics.json");
    Files.writeString(
        metrics,
        Files.readString(metrics).replaceAll("\"threshold\": [^,]+", "\"threshold\": 0.0"));

    String rows = Cli.run("predict", metrics.resolveSibling("best.h5"), data).out();

    assertThat(rows.lines().skip(1)).hasSize(48).allMatch(row -> row.split(",")[6].equals("yes"));
  }

  @Test
  void withoutOtherClassesNobodyIsReferred() throws IOException {
    Path two = folder.resolve("two");
    for (String name : List.of("CNV", "DME")) {
      Files.createDirectories(two.resolve(name));
      try (Stream<Path> files = Files.list(data.resolve(name))) {
        for (Path file : files.toList()) {
          Files.copy(file, two.resolve(name).resolve(file.getFileName()));
        }
      }
    }
    assertThat(train("two-runs", "--data", two).code()).isZero();

    String rows = Cli.run("predict", folder.resolve("two-runs/train-cnn3-1"), two).out();

    assertThat(rows.lines().skip(1)).hasSize(24).allMatch(row -> row.endsWith(",,"));
  }

  @Test
  void aClassThatLostMuchIsSaidByTheAudit() throws IOException {
    Path lost = folder.resolve("lost");
    new SyntheticSet(12, 32, 7).write(lost, 2);
    List<Path> scans;
    try (Stream<Path> files = Files.list(lost.resolve("DME"))) {
      scans = files.sorted().toList();
    }
    for (Path file : scans.subList(0, 3)) {
      Files.writeString(file, "damaged");
    }

    Cli.Result result = train("lost-runs", "--data", lost);

    assertThat(result.code()).as(result.err()).isZero();
    String said = "LOST: 3 of 12 files in DME cannot be read";
    assertThat(result.err()).contains("audit: " + said).doesNotContain("nothing was found");
    Path trained = folder.resolve("lost-runs/train-cnn3-1");
    assertThat(Files.readString(trained.resolve("report.html"))).contains(said);
    assertThat(Files.readString(trained.resolve("run.json"))).contains(said);
  }
}
