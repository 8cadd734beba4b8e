package io.octnet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.octnet.dicom.DicomBytes;
import io.octnet.images.Raster8;
import io.octnet.synthetic.Finding;
import io.octnet.synthetic.Phantom;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Volumes whose headers and names say whose eyes they show: nothing that is written says it. */
class ConfidentialDicomTest {
  private static final int FRAMES = 3;
  private static final List<String> SECRETS = List.of("mustermann", "erika", "mrn0");

  @TempDir private static Path folder;
  private static Path scans;
  private static Path run;
  private static Cli.Result trained;

  @BeforeAll
  static void train() throws IOException {
    scans = folder.resolve("scans");
    for (Finding finding : Finding.values()) {
      for (int i = 0; i < 6; i++) {
        String id = "MRN0" + (10 * finding.ordinal() + i);
        Path file = scans.resolve(finding + "/Mustermann_" + id + "_L.dcm");
        Files.createDirectories(file.getParent());
        Files.write(file, volume(Phantom.of(finding, i, 3), id));
      }
    }
    Map<String, String> environment =
        Map.of(
            "OCTNET_OUT", folder.resolve("runs").toString(),
            "OCTNET_IMAGE_SIZE", "16",
            "OCTNET_EPOCHS", "1",
            "OCTNET_BATCH_SIZE", "7",
            "OCTNET_FRACTIONS", "0.5,0.25,0.25");
    trained = Cli.with(environment, "train", "--data", scans);
    run = folder.resolve("runs/train-cnn3-1");
  }

  private static byte[] volume(Phantom phantom, String id) {
    ByteArrayOutputStream pixels = new ByteArrayOutputStream();
    Raster8 scan = phantom.scan(1, 32);
    for (int frame = 1; frame <= FRAMES; frame++) {
      pixels.writeBytes(phantom.scan(frame, 32).bytes());
    }
    return DicomBytes.volume(
        "Mustermann^Erika", id, "L", FRAMES, 32, scan.width(), pixels.toByteArray());
  }

  @Test
  void trainingTellsFramesAndEyesButNoPatient() throws IOException {
    assertThat(trained.code()).as(trained.err()).isZero();
    assertThat(Files.readAllLines(run.resolve("split.csv"))).hasSize(1 + 4 * 6 * FRAMES);
    assertThat(Files.readString(run.resolve("split.csv"))).contains("left", "_L.dcm#3");
    assertSilent(trained);
    assertNothingIsWritten();
  }

  @Test
  void auditSplitAndVerifyNameNobody() throws IOException {
    Path page = folder.resolve("audit.html");
    assertSilent(Cli.run("audit", "--data", scans, "--html", page, "--json"));
    assertSilent(Cli.run("audit", "--data", scans));
    assertSilent(Cli.run("split", "--data", scans));
    assertSilent(Cli.run("evaluate", run, "--json"));
    assertThat(Cli.run("verify", run).code()).isZero();
    assertNothingIsWritten();
  }

  @Test
  void predictionsAndHeatMapsNameNobody() throws IOException {
    Path cnv = scans.resolve("CNV");
    Cli.Result predicted = Cli.run("predict", run, cnv);
    assertThat(predicted.code()).as(predicted.err()).isZero();
    assertThat(predicted.out().lines()).hasSize(1 + 6 * FRAMES);
    Cli.Result byVolume = Cli.run("predict", run, cnv, "--by", "volume");
    assertThat(byVolume.out().lines().filter(line -> line.contains("," + FRAMES + ","))).hasSize(6);
    Path out = folder.resolve("heatmaps");
    Cli.Result explained = Cli.run("explain", run, cnv, "--out", out);
    assertThat(explained.code()).as(explained.err()).isZero();
    try (Stream<Path> pictures = Files.list(out)) {
      assertThat(pictures).hasSize(6 * FRAMES);
    }
    for (Cli.Result result : List.of(predicted, byVolume, explained)) {
      assertSilent(result);
    }
    assertNothingIsWritten();
  }

  private static void assertSilent(Cli.Result result) {
    assertThat(result.code()).as(result.err()).isZero();
    SECRETS.forEach(
        secret ->
            assertThat((result.out() + result.err()).toLowerCase(Locale.ROOT))
                .doesNotContain(secret));
  }

  /** Neither in a file's bytes nor in its name, the scans themselves apart. */
  private static void assertNothingIsWritten() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(f -> Files.isRegularFile(f) && !f.startsWith(scans)).toList()) {
        String bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        String all = (folder.relativize(file) + "\n" + bytes).toLowerCase(Locale.ROOT);
        for (String secret : SECRETS) {
          assertThat(all.indexOf(secret)).as("%s in %s", secret, file).isNegative();
        }
      }
    }
  }
}
