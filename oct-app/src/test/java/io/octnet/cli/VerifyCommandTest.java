package io.octnet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.octnet.runs.Checksums;
import io.octnet.runs.RunFolder;
import io.octnet.runs.RunRecord;
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

class VerifyCommandTest {
  @TempDir static Path folder;

  private static Path data;
  private static Path run;

  @BeforeAll
  static void train() {
    data = folder.resolve("scans");
    run = folder.resolve("runs/train-cnn3-1");
    new SyntheticSet(12, 32, 7).write(data, 2);
    Map<String, String> small =
        Map.of("OCTNET_IMAGE_SIZE", "16", "OCTNET_EPOCHS", "1", "OCTNET_BATCH_SIZE", "7");
    Cli.Result result = Cli.with(small, "train", "--data", data, "--out", run.getParent());
    assertThat(result.code()).as(result.err()).isZero();
  }

  @Test
  void aRunThatNobodyTouchedIsWell() {
    Cli.Result result = Cli.run("verify", run);
    assertThat(result.out()).startsWith("ok: ");
    assertThat(result.code()).isZero();
    assertThat(result.err()).isEmpty();
  }

  @Test
  void whatSystemsLeaveInAFolderIsNoDifferenceButAnythingElseIs() throws IOException {
    Path left = Files.writeString(run.resolve(".DS_Store"), "of a Mac");
    Path more = Files.writeString(run.resolve("plots/Thumbs.db"), "of Windows");
    assertThat(Cli.run("verify", run).code()).isZero();

    Path strange = Files.writeString(run.resolve("notes.txt"), "of a person");
    assertThat(Cli.run("verify", run).out()).contains("notes.txt was not there");
    for (Path file : List.of(left, more, strange)) {
      Files.delete(file);
    }
  }

  @Test
  void aChangedByteInAnyFileIsFound() throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(run)) {
      files =
          all.filter(Files::isRegularFile)
              .filter(file -> !file.getFileName().toString().equals(".lock"))
              .toList();
    }
    assertThat(files).hasSizeGreaterThan(15);
    for (Path file : files) {
      byte[] whole = Files.readAllBytes(file);
      byte[] spoilt = whole.clone();
      spoilt[spoilt.length / 2] ^= 1;
      Files.write(file, spoilt);
      try {
        assertThat(Cli.run("verify", run).code()).as(file.toString()).isNotZero();
      } finally {
        Files.write(file, whole);
      }
    }
  }

  @Test
  void aChangedScanIsNamed() throws IOException {
    Path scan;
    try (Stream<Path> all = Files.walk(data)) {
      scan = all.filter(Files::isRegularFile).sorted().findFirst().orElseThrow();
    }
    byte[] whole = Files.readAllBytes(scan);
    Files.write(scan, new byte[] {1});
    try {
      Cli.Result result = Cli.run("verify", run);
      assertThat(result.code()).isEqualTo(3);
      assertThat(result.out()).contains(scan.getFileName().toString()).contains("1 differences");
    } finally {
      Files.write(scan, whole);
    }
  }

  @Test
  void betterMetricsThanThePredictionsAreFoundThoughTheChecksumFits() throws IOException {
    Path metrics = run.resolve("metrics.json");
    Path sums = run.resolve("checksums.txt");
    String honest = Files.readString(metrics);
    String list = Files.readString(sums);
    Files.writeString(
        metrics, honest.replaceFirst("\"accuracy\": [0-9.E-]+", "\"accuracy\": 0.999"));
    RunFolder folder = RunFolder.open(run);
    Checksums.write(folder, RunRecord.read(folder).orElseThrow());
    try {
      Cli.Result result = Cli.run("verify", run, "--json");
      assertThat(result.code()).isEqualTo(3);
      assertThat(result.out()).contains("train.accuracy = 0.999");
    } finally {
      Files.writeString(metrics, honest);
      Files.writeString(sums, list);
    }
  }

  @Test
  void whatIsNoRunIsOneLine() {
    Cli.Result result = Cli.run("verify", folder.resolve("nothing"));
    assertThat(result.code()).isEqualTo(1);
    assertThat(result.complaint()).contains("no run folder").hasLineCount(1);
  }
}
