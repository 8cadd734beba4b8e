package io.octnet.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.octnet.random.RandomStream;
import io.octnet.runs.Checksums;
import io.octnet.runs.RunFolder;
import io.octnet.runs.RunRecord;
import io.octnet.synthetic.SyntheticSet;
import io.octnet.text.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a training at random moments, again and again, and resumes it until it is done: the bits
 * must be those of one that was left alone. {@code mvn -Doctnet.kills=200 verify} for more kills,
 * and for a fine-tuning with its feature cache as well; {@code -Doctnet.kill.seed} repeats one.
 */
@Timeout(value = 60, unit = TimeUnit.MINUTES)
class KillIT {
  private static final int KILLS = Integer.getInteger("octnet.kills", 25);

  @TempDir Path folder;

  private Path data;

  @BeforeEach
  void draw() {
    assumeTrue(System.getProperty("octnet.jar") != null, "runs once the jar is built: mvn verify");
    data = folder.resolve("scans");
    new SyntheticSet(15, 32, 7).write(data, 2);
  }

  /** With its dropout, and with augmentation. */
  @Test
  void killedAndResumedATrainingEndsInTheSameBits() throws Exception {
    killAndResume("cnn3", "--image-size=16", "--batch-size=8", "--augment=light", "--epochs=4");
  }

  @Test
  @EnabledIfSystemProperty(named = "octnet.kills", matches = ".+")
  void killedAndResumedAFineTuningEndsInTheSameBits() throws Exception {
    killAndResume(
        "vgg16",
        "--weights=none",
        "--fine-tune=frozen",
        "--image-size=32",
        "--batch-size=8",
        "--augment=light",
        "--epochs=4");
    assertThat(folder.resolve("killed/features")).isNotEmptyDirectory();
  }

  private void killAndResume(String model, String... options) throws Exception {
    long start = System.nanoTime();
    assertThat(start("whole", model, options).waitFor()).isZero();
    long millis = (System.nanoTime() - start) / 1_000_000;
    long seed = Long.getLong("octnet.kill.seed", System.nanoTime());
    RandomStream random = RandomStream.of(seed);
    int kills = 0;
    int resumed = 0;
    int whole = 0;
    while (kills < KILLS || whole == 0) {
      boolean saved = saved(model);
      Process process = saved ? resume(model) : startAnew(model, options);
      resumed += saved ? 1 : 0;
      long wait = kills < KILLS ? 1L + random.nextInt((int) millis) : Long.MAX_VALUE;
      if (!process.waitFor(wait, TimeUnit.MILLISECONDS)) {
        process.destroyForcibly().waitFor();
        kills++;
        assertTruthful(model, Text.format("seed %d, %d kills", seed, kills));
      } else {
        assertThat(process.exitValue()).as("seed %d, %d kills", seed, kills).isZero();
        compare(model, Text.format("seed %d, %d kills", seed, kills));
        delete();
        whole++;
      }
    }
    assertThat(resumed).as("resumptions, seed %d", seed).isPositive();
    System.out.printf(
        Locale.ROOT,
        "KillIT: %s, seed %d: %d kills, %d resumptions, %d runs that ended in the same bits; %d ms undisturbed%n",
        model,
        seed,
        kills,
        resumed,
        whole,
        millis);
  }

  /** A run that had finished, goes on for more epochs, and is killed again and again. */
  @Test
  void aFinishedRunThatGoesOnAndIsKilledEndsInTheSameBits() throws Exception {
    String[] options = {"--image-size=16", "--batch-size=8", "--augment=light", "--epochs=2"};
    String more = "--epochs=5";
    assertThat(start("whole", "cnn3", options).waitFor()).isZero();
    long start = System.nanoTime();
    assertThat(java("train", "--resume", run("whole", "cnn3").toString(), more).waitFor()).isZero();
    long millis = (System.nanoTime() - start) / 1_000_000;
    assertThat(start("killed", "cnn3", options).waitFor()).isZero();
    long seed = Long.getLong("octnet.kill.seed", System.nanoTime());
    RandomStream random = RandomStream.of(seed);
    for (int kills = 0; kills < KILLS / 3; kills++) {
      Process process = java("train", "--resume", run("killed", "cnn3").toString(), more);
      if (!process.waitFor(1L + random.nextInt((int) millis), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly().waitFor();
      }
      assertTruthful("cnn3", Text.format("seed %d, %d kills", seed, kills + 1));
    }
    assertThat(java("train", "--resume", run("killed", "cnn3").toString(), more).waitFor())
        .isZero();
    compare("cnn3", "seed " + seed);
    assertThat(status("cnn3")).isEqualTo(RunRecord.Status.FINISHED);
  }

  /** Whoever says that it finished is whole; nobody runs any more. */
  private void assertTruthful(String model, String context) {
    Path path = run("killed", model);
    if (!Files.exists(path.resolve("config.yaml"))) {
      return; // killed before there was a run
    }
    RunRecord.Status status = status(model);
    assertThat(status).as(context).isNotEqualTo(RunRecord.Status.RUNNING);
    try (RunFolder run = RunFolder.open(path)) {
      if (status == RunRecord.Status.FINISHED) {
        assertThat(Checksums.differences(run)).as(context).isEmpty();
      }
    }
  }

  private RunRecord.Status status(String model) {
    try (RunFolder run = RunFolder.open(run("killed", model))) {
      return RunRecord.status(run);
    }
  }

  private boolean saved(String model) {
    Path run = run("killed", model);
    return Files.exists(run.resolve("last.h5")) || Files.exists(run.resolve("last.previous.h5"));
  }

  private Process resume(String model) throws IOException {
    return java("train", "--resume", run("killed", model).toString());
  }

  private Process startAnew(String model, String... options) throws IOException {
    delete();
    return start("killed", model, options);
  }

  private void delete() throws IOException {
    Path out = folder.resolve("killed");
    if (Files.exists(out)) {
      try (var files = Files.walk(out)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private Path run(String out, String model) {
    return folder.resolve(out).resolve("train-" + model + "-1");
  }

  private void compare(String model, String context) throws IOException {
    Path killed = run("killed", model);
    Path whole = run("whole", model);
    for (String file :
        List.of("best.h5", "last.h5", "metrics.json", "predictions.csv", "split.csv")) {
      assertThat(killed.resolve(file)).as(context).hasSameBinaryContentAs(whole.resolve(file));
    }
    assertThat(withoutTimes(killed)).as(context).isEqualTo(withoutTimes(whole));
  }

  private static List<List<String>> withoutTimes(Path run) throws IOException {
    return Files.readAllLines(run.resolve("history.csv")).stream()
        .map(line -> List.of(line.split(",")).subList(0, 6))
        .toList();
  }

  private Process start(String out, String model, String... options) throws IOException {
    List<String> line = new ArrayList<>(List.of("train", "--model=" + model));
    line.add("--data=" + data);
    line.add("--out=" + folder.resolve(out));
    line.addAll(List.of(options));
    return java(line.toArray(String[]::new));
  }

  /** Without the launcher, which would save when it is killed. */
  private static Process java(String... args) throws IOException {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.add("--add-exports=java.base/jdk.internal.module=ALL-UNNAMED");
    line.add("--enable-native-access=ALL-UNNAMED");
    line.add("-Doctnet.saving.share=1"); // many savings to be hit
    line.addAll(List.of("-cp", System.getProperty("octnet.jar"), Main.class.getName()));
    line.addAll(List.of(args));
    return new ProcessBuilder(line)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }
}
