package io.octnet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.octnet.synthetic.SyntheticSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a training leaves for people to read. */
class ReportTest {
  private static final String NASTY = "<b onmouseover='x'>&DRUSEN";

  @TempDir static Path folder;

  private static Path honest;
  private static Path leaky;
  private static String page;

  @BeforeAll
  static void train() throws IOException {
    Path data = folder.resolve("scans");
    new SyntheticSet(12, 32, 7).write(data, 2);
    Files.move(data.resolve("DRUSEN"), data.resolve(NASTY));
    honest = train(data, "patient");
    leaky = train(data, "image");
    page = Files.readString(honest.resolve("report.html"));
  }

  private static Path train(Path data, String split) {
    Map<String, String> small =
        Map.of("OCTNET_IMAGE_SIZE", "16", "OCTNET_EPOCHS", "2", "OCTNET_BATCH_SIZE", "7");
    Cli.Result result =
        Cli.with(small, "train", "--data", data, "--out", folder.resolve("runs"), "--split", split);
    assertThat(result.code()).as(result.err()).isZero();
    String line = result.out().lines().filter(l -> l.startsWith("run: ")).findFirst().orElseThrow();
    return Path.of(line.substring("run: ".length()));
  }

  @Test
  void thePageNeedsNothingElseAndRunsNothing() {
    assertThat(page)
        .startsWith("<!DOCTYPE html>")
        .endsWith("</html>\n")
        .doesNotContain("<script", "http:", "https:", "<link", "@import", "url(");
  }

  @Test
  void theBrowserIsToldToRunNothingEither() {
    assertThat(page).contains("Content-Security-Policy\" content=\"default-src 'none'; style-src");
  }

  @Test
  void headingsCarryTheFieldsTermsAndThePlainSentenceBelow() {
    assertThat(page)
        .contains(
            "Confusion matrix, on test</h2>\n<p>What is taken for what.",
            "Calibration (reliability diagram)</figcaption>\n<p class=\"soft\">Is it as often");
  }

  @Test
  void theVerdictStandsFirst() {
    assertThat(page.indexOf("<h1>Right in ")).isPositive().isLessThan(page.indexOf("<table>"));
    assertThat(page).contains("95 % interval", "always saying", "no diagnosis");
    assertThat(page).doesNotContain(">LEAKY<");
  }

  @Test
  void theWorstMistakesStandOpen() {
    assertThat(page).contains("The mistakes it was surest of", ", it said <b>");
  }

  @Test
  void captionsAreStyled() {
    assertThat(page).contains(".soft, figcaption {", ".charts figcaption {", ".scans figcaption {");
  }

  @Test
  void theAuditOfTheDataIsTold() {
    assertThat(page)
        .contains("<h3>What an audit of the folder found</h3>\n<ul>\n<li>")
        .doesNotContain("<li>audit: ");
  }

  @Test
  void referralHasACurveWithItsOperatingPoint() throws IOException {
    assertThat(page)
        .contains("<h2>Referral</h2>\n<p>Who needs a doctor soon", "<h3>Operating point</h3>");
    assertThat(page.split("<figure id=\"referral\">", -1)).hasSize(2);
    assertThat(ImageIO.read(honest.resolve("plots/referral.png").toFile())).isNotNull();
  }

  @Test
  void namesFromOutsideStayText() {
    assertThat(page)
        .contains("&lt;b onmouseover='x'&gt;&amp;DRUSEN")
        .doesNotContain("<b onmouseover");
  }

  @Test
  void namesFromOutsideAreNoMarkupOnTheModelCard() throws IOException {
    assertThat(Files.readString(honest.resolve("model-card.md")))
        .contains("\\<b onmouseover='x'\\>\\&DRUSEN")
        .doesNotContainPattern("(?<!\\\\)<b onmouseover");
  }

  @Test
  void everyCellWithScansOpensThem() {
    List<String> links =
        Pattern.compile("href=\"#(cell-\\d-\\d)\"")
            .matcher(page)
            .results()
            .map(m -> m.group(1))
            .distinct()
            .toList();

    assertThat(links).isNotEmpty();
    for (String link : links) {
      assertThat(page).contains("<section class=\"gallery\" id=\"" + link + "\">");
    }
    assertThat(page).contains("src=\"data:image/jpeg;base64,/9j/").doesNotContain(">no picture<");
  }

  @Test
  void aLeakIsStampedOnThePageAndTheCard() throws IOException {
    assertThat(Files.readString(leaky.resolve("report.html")))
        .contains(">LEAKY<", "<main style=\"--stamp:&#39;LEAKY&#39;\">")
        .doesNotContain("No patient and no picture lies on both sides");
    assertThat(page).contains("No patient and no picture lies on both sides");
    assertThat(Files.readString(leaky.resolve("model-card.md"))).contains("**LEAKY**");
    assertThat(Files.readString(honest.resolve("model-card.md")))
        .doesNotContain("LEAKY")
        .contains("## What it is not for", "no medical device", "| test |");
  }

  @Test
  void thePlotsArePictures() throws IOException {
    for (String name :
        List.of(
            "loss",
            "f1",
            "roc",
            "precision-recall",
            "calibration",
            "confusion",
            "recall",
            "precision")) {
      Path plot = honest.resolve("plots").resolve(name + ".png");
      assertThat(ImageIO.read(plot.toFile()).getWidth()).as(name).isEqualTo(800);
    }
  }

  @Test
  void allOfItIsInTheChecksums() throws IOException {
    String sums = Files.readString(honest.resolve("checksums.txt"));
    try (Stream<Path> files = Files.walk(honest)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = honest.relativize(file).toString();
        if (!name.equals("checksums.txt") && !name.equals(".lock")) {
          assertThat(sums).contains("  " + name + "\n");
        }
      }
    }
    assertThat(sums).contains("report.html", "plots/roc.png", "events.out.tfevents", "model-card");
  }
}
