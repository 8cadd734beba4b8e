package io.octnet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.octnet.synthetic.SyntheticSet;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that need no training. */
class CommandsTest {
  @TempDir Path folder;

  @Test
  void devicesNamesTheBackendThatWouldBeUsed() {
    Cli.Result text = Cli.run("devices", "--backend", "scalar", "--threads", 1);
    JsonObject json = json(Cli.run("devices", "--json"));

    assertThat(text.code()).isZero();
    assertThat(text.out()).contains("* scalar", "scalar is used: it was asked for", "1 threads");
    assertThat(json.get("backends").getAsJsonArray()).isNotEmpty();
    assertThat(json.get("used").getAsString()).isNotEmpty();
  }

  @Test
  void aBackendThatCannotRunHereIsOneLineAndAnUnknownOneIsWrongUsage() {
    System.setProperty("octnet.opencl.device", "no such device");
    try {
      Cli.Result missing = Cli.run("devices", "--backend", "opencl");
      assertThat(missing.code()).isEqualTo(1);
      assertThat(missing.complaint()).contains("'opencl' cannot run here: ").hasLineCount(1);
      assertThat(Cli.run("devices").out()).contains("opencl   not here: ");
      assertThat(Cli.run("devices", "--backend", "auto").code()).isZero();
    } finally {
      System.clearProperty("octnet.opencl.device");
    }
    Cli.Result unknown = Cli.run("devices", "--backend", "abacus");
    assertThat(unknown.code()).isEqualTo(2);
    assertThat(unknown.complaint()).contains("unknown back-end 'abacus'").hasLineCount(1);
  }

  @Test
  void gradcheckChecksOneOpOrAll() {
    Cli.Result text = Cli.run("gradcheck", "--op", "dense", "--shapes", 2);
    JsonObject json = json(Cli.run("gradcheck", "--json", "--shapes", 1, "--op", "relu"));

    assertThat(text.code()).isZero();
    assertThat(text.out().lines().toList()).hasSize(2);
    assertThat(text.out()).contains("dense", "pass");
    assertThat(json.get("passed").getAsBoolean()).isTrue();
  }

  @Test
  void summaryCountsTheArticlesParameters() {
    Cli.Result text = Cli.run("summary", "--model", "cnn3", "--no-time");
    JsonObject vgg = json(Cli.run("summary", "--model", "vgg16", "--json", "--no-time"));

    assertThat(text.out())
        .contains("conv2d (Conv2D)", "94,660", "94,212", "MiB of memory with batches of 64");
    assertThat(vgg.get("parameters").getAsLong()).isEqualTo(24_457_316);
    assertThat(vgg.get("trainable_parameters").getAsLong()).isEqualTo(9_741_860);
    assertThat(vgg.get("training_bytes").getAsLong()).isGreaterThan(4 * 24_457_316L);
  }

  @Test
  void summaryMeasuresHowFastTrainingIsHere() {
    JsonObject json = json(Cli.run("summary", "--model", "cnn3", "--image-size", 8, "--json"));

    assertThat(json.get("images_per_second").getAsDouble()).isPositive();
  }

  @Test
  void auditTellsOfDuplicatesAndDamage() throws IOException {
    new SyntheticSet(6, 32, 7).write(folder, 2);
    Files.copy(folder.resolve("CNV/CNV-1000-1.png"), folder.resolve("DME/DME-99-1.png"));
    Files.writeString(folder.resolve("CNV/CNV-98-1.png"), "text");

    Cli.Result text = Cli.run("audit", "--data", folder);
    JsonObject json = json(Cli.run("audit", "--data", folder, "--json"));

    assertThat(text.code()).isZero();
    assertThat(text.out()).contains("25 images in 4 classes", "DME/DME-99-1.png", "CNV-98-1.png");
    assertThat(json.getAsJsonObject("findings").getAsJsonArray("exact_duplicates")).hasSize(1);
    assertThat(Cli.run("audit", "--data", folder.resolve("none")).code()).isEqualTo(1);
  }

  @Test
  void auditWritesAPageThatShowsPairs() throws Exception {
    Path scans = folder.resolve("paired");
    new SyntheticSet(6, 128, 7).write(scans, 2);
    BufferedImage scan = ImageIO.read(scans.resolve("CNV/CNV-1000-1.png").toFile());
    Path copy = scans.resolve("CNV/CNV-<i>-1.jpg");
    ImageIO.write(scan, "jpg", copy.toFile()); // the same scan, compressed
    Path page = folder.resolve("audit.html");

    Cli.Result result = Cli.run("audit", "--data", scans, "--html", page);

    assertThat(result.code()).as(result.err()).isZero();
    assertThat(result.out()).contains("CNV/CNV-1000-1.png ~ CNV/CNV-<i>-1.jpg");
    assertThat(Files.readString(page))
        .startsWith("<!DOCTYPE html>")
        .contains(
            "1 pairs of near duplicates",
            "One thing to look at before training",
            "CNV/CNV-&lt;i&gt;-1.jpg",
            "data:image/png;base64,")
        .doesNotContain("<i>", "<script", "http:", "https:");
    Cli.Result nowhere = Cli.run("audit", "--data", scans, "--html", folder.resolve("no/a.html"));
    assertThat(nowhere.code()).isEqualTo(1);
    assertThat(nowhere.complaint()).contains("cannot write").hasLineCount(1);
  }

  @Test
  void auditNamesWhatLiesInSeveralPartsOfASplit() throws Exception {
    Path scans = folder.resolve("divided");
    new SyntheticSet(12, 32, 7).write(scans, 2);
    Files.copy(scans.resolve("CNV/CNV-1000-1.png"), scans.resolve("DME/DME-99-1.png"));
    Path byImage = folder.resolve("image.csv");
    Path byPatient = folder.resolve("patient.csv");
    Cli.Result rows = Cli.run("split", "--data", scans, "--split", "image");
    Files.writeString(byImage, rows.out());
    Files.writeString(byPatient, Cli.run("split", "--data", scans).out());

    Cli.Result leaky = Cli.run("audit", "--data", scans, "--split-file", byImage);
    JsonObject clean = json(Cli.run("audit", "--data", scans, "--split-file", byPatient, "--json"));

    assertThat(leaky.code()).as(leaky.err()).isZero();
    assertThat(leaky.out()).containsPattern("patients in more than one part of the split: [1-9]");
    assertThat(clean.getAsJsonObject("leaks").getAsJsonArray("patients")).isEmpty();
    assertThat(clean.getAsJsonObject("leaks").getAsJsonArray("duplicates")).isEmpty();
    Cli.Result none = Cli.run("audit", "--data", scans, "--split-file", folder.resolve("no.csv"));
    assertThat(none.code()).isEqualTo(1);
    assertThat(none.complaint()).contains("no.csv").hasLineCount(1);
  }

  @Test
  void aDamagedWeightFileIsOneLine() throws IOException {
    Path text = Files.writeString(folder.resolve("w.h5"), "no weights");
    Path out = folder.resolve("out.h5");

    for (Object[] args :
        new Object[][] {
          {"inspect-weights", text},
          {"inspect-weights", folder.resolve("none.h5")},
          {"convert", text, out},
          {"convert", text, folder.resolve("out.txt")},
        }) {
      Cli.Result result = Cli.run(args);
      assertThat(result.code()).isEqualTo(1);
      assertThat(result.complaint()).startsWith("octnet: ").hasLineCount(1);
      assertThat(result.complaint()).doesNotContain("unexpected");
    }
    assertThat(out).doesNotExist();
  }

  private static JsonObject json(Cli.Result result) {
    assertThat(result.err()).isEmpty();
    assertThat(result.code()).isZero();
    return JsonParser.parseString(result.out()).getAsJsonObject();
  }
}
