package io.octnet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.octnet.catalogue.Catalogue;
import io.octnet.catalogue.CatalogueOptions;
import io.octnet.catalogue.CatalogueReader;
import io.octnet.catalogue.DataFolder;
import io.octnet.catalogue.Scan;
import io.octnet.images.BitDepth;
import io.octnet.images.Pseudonym;
import io.octnet.synthetic.SyntheticSet;
import io.octnet.testing.Golden;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people really feed it, through the commands. */
class CasesTest {
  private static final Map<String, String> SMALL =
      Map.of(
          "OCTNET_IMAGE_SIZE", "16",
          "OCTNET_EPOCHS", "1",
          "OCTNET_BATCH_SIZE", "7",
          "OCTNET_FRACTIONS", "0.5,0.25,0.25");

  @TempDir static Path folder;

  private static Path data;
  private static Path run;

  @BeforeAll
  static void trainOnce() {
    data = folder.resolve("scans");
    new SyntheticSet(12, 32, 7).write(data, 2);
    run = train(data, "plain");
  }

  private static Path train(Path scans, String name, Object... options) {
    Path out = folder.resolve(name);
    Object[] first = {"train", "--data", scans, "--out", out};
    Cli.Result result =
        Cli.with(SMALL, Stream.concat(Stream.of(first), Stream.of(options)).toArray());
    assertThat(result.code()).as(result.err()).isZero();
    return out.resolve("train-cnn3-1");
  }

  /** What predict says of files, without their names. */
  private static List<String> predictions(Path model, Object... files) {
    Object[] args = Stream.concat(Stream.of("predict", model), Stream.of(files)).toArray();
    Cli.Result result = Cli.run(args);
    assertThat(result.code()).as(result.err()).isZero();
    return result.out().lines().skip(1).map(row -> row.substring(row.indexOf(',') + 1)).toList();
  }

  @Test
  void twelveBitsInSixteenAreNoticedScaledAndRecorded() throws IOException {
    Path scans = Golden.shared("cases").resolve("png12");
    Catalogue catalogue = CatalogueReader.read(scans, CatalogueOptions.DEFAULT);
    assertThat(catalogue.origin().depth()).isEqualTo(BitDepth.BITS_12);
    assertThat(catalogue.lines())
        .anyMatch(line -> line.contains("16-bit files use 12 bits at most and are scaled by that"));
    Catalogue dark =
        CatalogueReader.read(scans, CatalogueOptions.DEFAULT.withDepth(BitDepth.BITS_16));
    assertThat(dark.scans().getFirst().pixelHash())
        .isNotEqualTo(catalogue.scans().getFirst().pixelHash());
    Cli.Result audit = Cli.run("audit", "--data", scans);
    assertThat(audit.out()).contains("use 12 bits at most");
    Cli.Result wrong = Cli.run("audit", "--data", scans, "--bit-depth", "11");
    assertThat(wrong.code()).isEqualTo(2);
    assertThat(wrong.complaint()).contains("--bit-depth is '11'; expected auto, 8, 10, 12, 16");
  }

  @Test
  void theDepthOfATrainingIsUsedByPredict() throws IOException {
    Path twelve = folder.resolve("twelve bits");
    try (Stream<Path> files = Files.walk(data)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = twelve.resolve(data.relativize(file).toString());
        Files.createDirectories(copy.getParent());
        Files.write(copy, Depths.stored12(Files.readAllBytes(file)));
      }
    }
    Path trained = train(twelve, "depth");
    assertThat(Files.readString(trained.resolve("config.yaml"))).contains("bit-depth: 12");
    Path scan = twelve.resolve("CNV/CNV-1000-1.png");
    List<String> alone = predictions(trained, Depths.firstBlack(twelve, scan));
    assertThat(alone).as("a dark scan is no reason to take 8 bits").hasSize(1);
    assertThat(predictions(trained, scan))
        .isEqualTo(predictions(trained, data.resolve("CNV/CNV-1000-1.png")));
  }

  @Test
  void linksAreFollowedByTrainSplitAndPredict() throws IOException {
    Path links = folder.resolve("links");
    for (String c : List.of("CNV", "DME")) {
      Files.createDirectories(links.resolve(c));
      try (Stream<Path> files = Files.list(data.resolve(c))) {
        for (Path file : files.toList()) {
          Files.createSymbolicLink(links.resolve(c).resolve(file.getFileName()), file);
        }
      }
    }
    Files.createSymbolicLink(links.resolve("DRUSEN"), data.resolve("DRUSEN"));
    Files.createSymbolicLink(links.resolve("NORMAL"), data.resolve("NORMAL"));
    Path root = Files.createSymbolicLink(folder.resolve("root"), links);
    assertThat(Cli.run("split", "--data", root).out())
        .isEqualTo(Cli.run("split", "--data", data).out());
    assertThat(predictions(run, root)).isEqualTo(predictions(run, data));
    Path linked = train(root, "linked");
    assertThat(predictions(linked, root)).isEqualTo(predictions(run, data));
    assertThat(Cli.run("verify", linked).out()).startsWith("ok");
    assertThat(Cli.run("evaluate", linked).code()).isZero();
  }

  @Test
  void whatAMacOrANasLeavesIsSkippedByAllCommands() throws IOException {
    Path mac = folder.resolve("mac");
    DataFolder there = new DataFolder(mac);
    there
        .file("CNV/CNV-1-1.JPEG.PNG", Files.readAllBytes(data.resolve("CNV/CNV-1000-1.png")))
        .file("DME/DME-2-1.png", Files.readAllBytes(data.resolve("DME/DME-2000-1.png")))
        .text("CNV/._CNV-1-1.JPEG.PNG", "\0\5\26\7")
        .image(".Trashes/old.jpeg")
        .image("CNV/@eaDir/thumb.jpeg")
        .text("CNV/Thumbs.db", "x");
    assertThat(predictions(run, mac)).hasSize(2);
    Cli.Result explained = Cli.run("explain", run, mac, "--out", folder.resolve("maps"));
    assertThat(explained.code()).as(explained.err()).isZero();
    assertThat(explained.out().lines()).hasSize(3);
    Cli.Result audit = Cli.run("audit", "--data", mac);
    assertThat(audit.out()).contains("2 images in 2 classes").doesNotContain("Trashes", "eaDir");
  }

  @Test
  void theAuditsPageShowsTheData() throws IOException {
    Path page = folder.resolve("audit.html");
    assertThat(Cli.run("audit", "--data", data, "--html", page).code()).isZero();
    String html = Files.readString(page);
    assertThat(html)
        .contains("<h3>Class distribution</h3>", "Image sizes in pixels", "Mean brightness")
        .contains("<rect width=\"300\" height=\"12\"")
        .contains("Bit depth: every file says its own, or has 8 bits.")
        .contains("<h3>DRUSEN, drawn at random</h3>");
    assertThat(html.split("<figcaption>DRUSEN/", -1)).hasSize(5);
  }

  @Test
  void thePagesOfATiffAreAVolume() throws IOException {
    Path tiff = Golden.shared("cases").resolve("multi.tif");
    Path scans = folder.resolve("pages");
    new DataFolder(scans).file("A/one.tif", Files.readAllBytes(tiff)).image("B/two.png");
    Catalogue catalogue = CatalogueReader.read(scans, CatalogueOptions.DEFAULT);
    List<Scan> pages = catalogue.scans().stream().filter(scan -> scan.label() == 0).toList();
    assertThat(pages).hasSizeGreaterThan(1);
    assertThat(pages.getFirst().file()).isEqualTo("A/one.tif#1");
    assertThat(pages).extracting(scan -> scan.facts().volume()).containsOnly("A/one.tif");
    assertThat(catalogue.lines()).anyMatch(line -> line.contains("1 files hold several scans"));
    Cli.Result volumes = Cli.run("predict", run, tiff, "--by", "volume");
    assertThat(volumes.code()).as(volumes.err()).isZero();
    assertThat(volumes.out().lines().skip(1)).singleElement().asString().contains(",2,");
    assertThat(volumes.err()).contains("mean of the scans' calibrated probabilities");
  }

  @Test
  void withPseudonymsNoPatientStandsAnywhereInTheRun() throws IOException {
    Path named = folder.resolve("named");
    try (Stream<Path> files = Files.walk(data)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String[] parts = file.getFileName().toString().split("-");
        Path copy = named.resolve(parts[0]).resolve(parts[0] + "-Doe" + parts[1] + "Q-" + parts[2]);
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    }
    new DataFolder(named).text("CNV/CNV-Doe1000Q-77.png", "damaged");
    Path hidden = train(named, "hidden", "--pseudonymize");
    try (Stream<Path> files = Files.walk(hidden.getParent())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        assertThat(text.contains("Doe1000Q")).as(file.toString()).isFalse();
      }
    }
    assertThat(Files.readString(hidden.resolve("split.csv"))).contains(Pseudonym.of("Doe1000Q"));
    Cli.Result verified = Cli.run("verify", hidden);
    assertThat(verified.out()).as(verified.out()).startsWith("ok");
    assertThat(Cli.run("evaluate", hidden).code()).isZero();
    Cli.Result audit = Cli.run("audit", "--data", named, "--pseudonymize");
    assertThat(audit.out()).doesNotContain("Doe1000Q");
  }
}
