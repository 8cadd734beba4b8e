package io.octnet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.octnet.runs.RunFolder;
import io.octnet.synthetic.SyntheticSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** A training that goes on after its end, an interruption or damage ends in the same bits. */
class ResumeTest {
  private static final int EPOCHS = 4;

  @TempDir static Path folder;

  private static Path data;
  private static Path undisturbed;

  private Path out;

  @BeforeAll
  static void trainUndisturbed() {
    data = folder.resolve("scans");
    new SyntheticSet(9, 32, 7).write(data, 2);
    Path out = folder.resolve("undisturbed");
    assertThat(train(out, "--epochs", EPOCHS).code()).isZero();
    undisturbed = out.resolve("train-cnn3-1");
  }

  @BeforeEach
  void ownFolder(TestInfo test) {
    out = folder.resolve(test.getTestMethod().orElseThrow().getName());
  }

  private static Cli.Result train(Path out, Object... options) {
    Map<String, String> environment =
        Map.of(
            "OCTNET_DATA", data.toString(),
            "OCTNET_OUT", out.toString(),
            "OCTNET_IMAGE_SIZE", "12",
            "OCTNET_BATCH_SIZE", "5",
            "OCTNET_AUGMENT", "light",
            "OCTNET_CLASS_WEIGHTS", "balanced",
            "OCTNET_PATIENCE", "3");
    return Cli.with(environment, Stream.concat(Stream.of("train"), Stream.of(options)).toArray());
  }

  private Path run() {
    return out.resolve("train-cnn3-1");
  }

  private void assertSameAsUndisturbed() throws IOException {
    for (String file : List.of("best.h5", "last.h5", "predictions.csv", "split.csv")) {
      assertThat(run().resolve(file)).hasSameBinaryContentAs(undisturbed.resolve(file));
    }
    assertThat(withoutTimes(run())).isEqualTo(withoutTimes(undisturbed));
  }

  private static List<List<String>> withoutTimes(Path run) throws IOException {
    return Files.readAllLines(run.resolve("history.csv")).stream()
        .map(line -> List.of(line.split(",")).subList(0, 6))
        .toList();
  }

  @Test
  void epochsMayGrow() throws IOException {
    assertThat(train(out, "--epochs", 2).code()).isZero();

    Cli.Result result = Cli.run("train", "--resume", run(), "--epochs", EPOCHS);

    assertThat(result.code()).as(result.err()).isZero();
    assertThat(result.err()).contains("resuming in epoch 3, step 1");
    assertSameAsUndisturbed();
  }

  @Test
  void aFinishedRunIsOnlyEvaluatedAgain() throws IOException {
    assertThat(train(out, "--epochs", EPOCHS).code()).isZero();
    Files.delete(run().resolve("predictions.csv"));

    assertThat(Cli.run("train", "--resume=" + run()).code()).isZero();
    assertSameAsUndisturbed();
  }

  @Test
  void aDamagedStateIsPassedOverForTheOneBefore() throws IOException {
    assertThat(train(out, "--epochs", 3).code()).isZero();
    byte[] state = Files.readAllBytes(run().resolve("last.h5"));
    state[state.length / 2] ^= 4;
    Files.write(run().resolve("last.h5"), state);

    Cli.Result result = Cli.run("train", "--resume", run(), "--epochs", EPOCHS);

    assertThat(result.code()).as(result.err()).isZero();
    assertThat(result.err())
        .contains("the state last.h5 is passed over: its checksum is wrong", "resuming in epoch 3");
    assertSameAsUndisturbed();
  }

  @Test
  void withoutAnyStateItSaysSo() throws IOException {
    assertThat(train(out, "--epochs", 2).code()).isZero();
    Files.writeString(run().resolve("last.h5"), "rubbish");
    Files.delete(run().resolve("last.previous.h5"));

    Cli.Result result = Cli.run("train", "--resume", run(), "--epochs", EPOCHS);

    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err()).contains("cannot be resumed: the state last.h5", "there is no such");
  }

  @Test
  void anotherConfigurationIsRefusedWithTheDifference() {
    assertThat(train(out, "--epochs", 2).code()).isZero();

    Cli.Result result =
        Cli.with(
            Map.of("OCTNET_SEED", "7"),
            "train",
            "--resume",
            run(),
            "--image-size=16",
            "--epochs=1");

    assertThat(result.code()).isEqualTo(2);
    assertThat(result.complaint())
        .contains("image-size was 12, now 16", "seed was 42, now 7", "epochs was 2, now 1")
        .hasLineCount(1);
    assertThat(Cli.run("train", "--resume", run(), "--dry-run").code()).isEqualTo(2);
    assertThat(Cli.run("train", "--resume", out.resolve("none")).complaint())
        .startsWith("octnet: no run folder");
  }

  @Test
  void changedOrVanishedDataAreRefused() throws IOException {
    Path own = out.resolve("scans");
    new SyntheticSet(9, 32, 7).write(own, 2);
    assertThat(train(out, "--epochs", 2, "--data", own).code()).isZero();
    Path changed = own.resolve("CNV/CNV-1000-1.png");
    byte[] before = Files.readAllBytes(changed);

    Files.copy(own.resolve("DME/DME-2000-1.png"), changed, StandardCopyOption.REPLACE_EXISTING);
    Cli.Result other = Cli.run("train", "--resume", run(), "--epochs", EPOCHS);
    Files.delete(changed);
    Cli.Result gone = Cli.run("train", "--resume", run(), "--epochs", EPOCHS);
    Files.write(changed, before);

    assertThat(other.code()).isEqualTo(1);
    assertThat(other.complaint()).contains("sha256 of CNV/CNV-1000-1.png").hasLineCount(1);
    assertThat(gone.code()).isEqualTo(1);
    assertThat(gone.complaint()).contains("CNV/CNV-1000-1.png").hasLineCount(1);
    assertThat(Cli.run("train", "--resume", run(), "--epochs", EPOCHS).code()).isZero();
  }

  @Test
  void aRunInUseIsRefused() {
    assertThat(train(out, "--epochs", 2).code()).isZero();
    try (RunFolder inUse = RunFolder.openLocked(run())) {
      Cli.Result result = Cli.run("train", "--resume", inUse.path(), "--epochs", EPOCHS);

      assertThat(result.code()).isEqualTo(1);
      assertThat(result.complaint()).contains("is in use by another process").hasLineCount(1);
    }
  }

  @Test
  void aDryRunWritesNothing() {
    Cli.Result result = train(out, "--epochs", EPOCHS, "--dry-run");

    assertThat(result.code()).as(result.err()).isZero();
    assertThat(result.err()).contains("94,660 parameters", "images/s, about");
    assertThat(out).doesNotExist();
  }
}
