package io.octnet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.octnet.synthetic.SyntheticSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** evaluate, compare and explain on two small runs. */
class ScoringCommandsTest {
  @TempDir static Path folder;

  private static Path data;
  private static Path first;
  private static Path second;

  @BeforeAll
  static void train() {
    data = folder.resolve("scans");
    new SyntheticSet(12, 32, 7).write(data, 2);
    first = train("patient");
    second = train("image");
  }

  private static Path train(String split) {
    Map<String, String> small =
        Map.of("OCTNET_IMAGE_SIZE", "16", "OCTNET_EPOCHS", "1", "OCTNET_BATCH_SIZE", "7");
    Cli.Result result =
        Cli.with(small, "train", "--data", data, "--out", folder.resolve("runs"), "--split", split);
    assertThat(result.code()).as(result.err()).isZero();
    String line = result.out().lines().filter(l -> l.startsWith("run: ")).findFirst().orElseThrow();
    return Path.of(line.substring("run: ".length()));
  }

  private static JsonObject json(Cli.Result result) {
    assertThat(result.code()).as(result.err()).isZero();
    return JsonParser.parseString(result.out()).getAsJsonObject();
  }

  private static JsonObject json(Path file) throws IOException {
    return JsonParser.parseString(Files.readString(file)).getAsJsonObject();
  }

  @Test
  void evaluateGivesTheTestScoresOfTheRunAnew() throws IOException {
    JsonObject anew = json(Cli.run("evaluate", first, "--json"));
    JsonObject recorded = json(first.resolve("metrics.json"));

    assertThat(anew.get("test")).isEqualTo(recorded.get("test"));
    assertThat(anew.has("train")).isFalse();
    for (String key :
        List.of("model", "parameters", "trainable_parameters", "split", "leaky", "classes")) {
      assertThat(anew.get(key)).as(key).isEqualTo(recorded.get(key));
    }
    assertThat(Cli.run("evaluate", first).out())
        .contains("run:  " + first, "test", "accuracy")
        .doesNotContain("LEAKY");
    assertThat(Cli.run("evaluate", second).out()).startsWith("LEAKY");
  }

  @Test
  void evaluateRefusesWhatWasTrainedOnUnlessTheLeakIsAllowed() {
    Cli.Result refused = Cli.run("evaluate", first, "--data", data);
    Cli.Result allowed = Cli.run("evaluate", first, "--data", data, "--allow-leak");

    assertThat(refused.code()).isEqualTo(3);
    assertThat(refused.complaint())
        .contains("patients and ", "were trained on", "--allow-leak")
        .hasLineCount(1);
    assertThat(refused.out()).isEmpty();
    assertThat(allowed.code()).isZero();
    assertThat(allowed.out()).startsWith("LEAKY").contains("data: " + data);
    assertThat(
            json(Cli.run("evaluate", first, "--data", data, "--allow-leak", "--json"))
                .get("leaky")
                .getAsBoolean())
        .isTrue();
  }

  @Test
  void evaluateScoresOtherPatientsOfSomeOfTheClasses() throws IOException {
    Path other = folder.resolve("other");
    new SyntheticSet(5, 32, 99).write(folder.resolve("all"), 2);
    for (String name : List.of("DME", "NORMAL")) {
      Files.createDirectories(other.resolve(name));
      try (var files = Files.list(folder.resolve("all").resolve(name))) {
        for (Path file : files.toList()) {
          String renamed = file.getFileName().toString().replaceFirst("-", "-other");
          Files.copy(file, other.resolve(name).resolve(renamed));
        }
      }
    }
    JsonObject scores = json(Cli.run("evaluate", first, "--data", other, "--json"));

    JsonObject test = scores.getAsJsonObject("test");
    assertThat(scores.get("leaky").getAsBoolean()).isFalse();
    assertThat(test.get("images").getAsInt()).isEqualTo(10);
    assertThat(test.getAsJsonArray("confusion").size()).isEqualTo(4);
    assertThat(test.get("temperature"))
        .isEqualTo(json(first.resolve("metrics.json")).getAsJsonObject("test").get("temperature"));

    Files.move(other.resolve("DME"), other.resolve("GLAUCOMA"));
    Cli.Result unknown = Cli.run("evaluate", first, "--data", other);
    assertThat(unknown.code()).isEqualTo(1);
    assertThat(unknown.complaint()).contains("not 'GLAUCOMA'").hasLineCount(1);
  }

  @Test
  void evaluateOfScansThatChangedOrOfNoRunIsOneLine() throws IOException {
    String tested =
        Files.readAllLines(first.resolve("split.csv")).stream()
            .filter(line -> line.strip().endsWith(",test"))
            .findFirst()
            .orElseThrow();
    Path scan = data.resolve(tested.substring(0, tested.indexOf(',')));
    byte[] whole = Files.readAllBytes(scan);
    Files.write(scan, new byte[] {1});
    try {
      Cli.Result changed = Cli.run("evaluate", first);
      assertThat(changed.code()).isEqualTo(1);
      assertThat(changed.complaint()).contains("another file than the run was tested on");
    } finally {
      Files.write(scan, whole);
    }
    assertThat(Cli.run("evaluate", folder.resolve("none")).complaint()).contains("no run folder");
    assertThat(Cli.run("evaluate").code()).isEqualTo(2);
    assertThat(Cli.run("evaluate", first, "--data", folder.resolve("none")).code()).isEqualTo(1);
  }

  @Test
  void comparePrintsTheRunsAndTheArticlesNumbers() throws IOException {
    Path page = folder.resolve("table.html");
    Cli.Result text = Cli.run("compare", first, second, "--html", page);

    assertThat(text.code()).as(text.err()).isZero();
    assertThat(text.out())
        .contains(first.toString(), second.toString(), "94,660", "the article", "0.9203")
        .contains("LEAKY: " + second, "were tested on different scans");
    assertThat(Files.readString(page))
        .startsWith("<!DOCTYPE html>")
        .contains("94,660", "the article, cnn3", "LEAKY: ", ">image LEAKY<")
        .doesNotContain("<script", "http:", "https:");

    JsonObject object = json(Cli.run("compare", first, second, "--json"));
    JsonObject run = object.getAsJsonArray("runs").get(0).getAsJsonObject();
    JsonObject recorded = json(first.resolve("metrics.json"));
    assertThat(run.getAsJsonObject("test").get("log_loss"))
        .isEqualTo(recorded.getAsJsonObject("test").get("log_loss"));
    assertThat(run.get("epochs").getAsInt()).isEqualTo(1);
    assertThat(object.getAsJsonArray("article").size()).isEqualTo(1);
  }

  @Test
  void compareOfWhatHasNotEndedOrIsDamagedIsOneLine() throws IOException {
    Path copy = Files.createDirectory(folder.resolve("copy"));
    for (String name : List.of("config.yaml", "split.csv", "history.csv")) {
      Files.copy(first.resolve(name), copy.resolve(name));
    }
    Cli.Result unfinished = Cli.run("compare", first, copy);
    assertThat(unfinished.code()).isEqualTo(1);
    assertThat(unfinished.complaint()).contains("metrics.json is missing").hasLineCount(1);

    for (String damage : List.of("{", "[]", "{}", "{\"model\":\"cnn3\",\"classes\":[\"A\"]}")) {
      Files.writeString(copy.resolve("metrics.json"), damage);
      Cli.Result damaged = Cli.run("compare", copy);
      assertThat(damaged.code()).as(damage).isEqualTo(1);
      assertThat(damaged.complaint()).contains("is damaged").hasLineCount(1);
    }
    assertThat(Cli.run("compare").code()).isEqualTo(2);
    assertThat(Cli.run("compare", first, "--html", folder.resolve("no/where.html")).complaint())
        .contains("cannot write");
  }

  @Test
  void explainPaintsAScanInItsOwnSize() throws IOException {
    Path scan = data.resolve("CNV/CNV-1000-1.png");
    Path out = folder.resolve("heat");
    Cli.Result result = Cli.run("explain", first, scan, scan, "--out", out);

    assertThat(result.code()).as(result.err()).isZero();
    assertThat(result.out().lines().toList()).hasSize(3);
    assertThat(result.out()).startsWith("file,predicted,probability,explained,picture,error");
    assertThat(ImageIO.read(out.resolve("CNV-1000-1.gradcam.png").toFile()).getWidth())
        .isEqualTo(ImageIO.read(scan.toFile()).getWidth());
    assertThat(out.resolve("CNV-1000-1-2.gradcam.png"))
        .hasSameBinaryContentAs(out.resolve("CNV-1000-1.gradcam.png"));

    String predicted = Cli.run("predict", first, scan).out().lines().toList().get(1).split(",")[1];
    assertThat(result.out().lines().toList().get(1).split(",")[1]).isEqualTo(predicted);
    JsonObject other =
        json(Cli.run("explain", first, scan, "--out", out, "--class", "DRUSEN", "--json"));
    assertThat(other.getAsJsonArray("explanations").get(0).getAsJsonObject().get("explained"))
        .hasToString("\"DRUSEN\"");
  }

  @Test
  void explainGivesEachScanAPictureOfItsOwn() throws IOException {
    Path scan = data.resolve("CNV/CNV-1000-1.png");
    List<Path> scans = new ArrayList<>();
    for (String name : List.of("a/x.png", "a/x-2.png", "b/x.png", "b/X.png", "c/x.png")) {
      Path copy = folder.resolve("named").resolve(name);
      Files.createDirectories(copy.getParent());
      scans.add(Files.copy(scan, copy));
    }
    Path out = folder.resolve("named-heat");

    Object[] args = Stream.concat(Stream.of("explain", first), scans.stream()).toArray();
    Cli.Result result = Cli.run(Stream.concat(Stream.of(args), Stream.of("--out", out)).toArray());

    assertThat(result.code()).as(result.err()).isZero();
    assertThat(out.toFile().list()).hasSize(scans.size());
  }

  @Test
  void namesReachTheTerminalSpeltOut() throws IOException {
    String name = "a\u001b[31m\u009bb\nCNV,0.99\u202e.png";
    Path scan = Files.copy(data.resolve("CNV/CNV-1000-1.png"), folder.resolve(name));
    Path none = Files.writeString(folder.resolve("\u001b]0;x\u0007.png"), "no image");

    for (String json : List.of("--json", "--model=cnn3")) {
      Cli.Result result = Cli.run("predict", first, scan, none, json);
      assertThat(result.out() + result.err())
          .doesNotContain("\u001b", "\u009b", "\u202e", "\u0007", "\nCNV")
          .contains("\\u001b[31m\\u009bb");
    }
    assertThat(Cli.run("predict", folder.resolve(name), scan).err()).doesNotContain("\u001b");
  }

  @Test
  void explainGoesOnAfterADamagedFileAndRefusesAnUnknownClass() throws IOException {
    Path scan = data.resolve("CNV/CNV-1000-1.png");
    Path text = Files.writeString(folder.resolve("text.png"), "no image");
    Path out = folder.resolve("more");

    Cli.Result damaged = Cli.run("explain", first, text, scan, "--out", out);
    assertThat(damaged.code()).isEqualTo(1);
    assertThat(damaged.complaint()).isEqualTo("octnet: 1 of 2 files could not be read");
    assertThat(out.toFile().list()).containsExactly("CNV-1000-1.gradcam.png");

    Cli.Result unknown = Cli.run("explain", first, scan, "--class", "X", "--out", out);
    assertThat(unknown.code()).isEqualTo(2);
    assertThat(unknown.complaint()).contains("'X' is unknown; expected one of CNV, DME");
    assertThat(Cli.run("explain", first).code()).isEqualTo(2);
    assertThat(Cli.run("explain", first, scan, "--out", text.resolve("x")).complaint())
        .contains("cannot write");
  }
}
