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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Small trainings on data that lie otherwise than in class folders. */
class LayoutCommandsTest {
  @TempDir Path folder;

  private Cli.Result train(Object... options) {
    Map<String, String> environment =
        Map.of(
            "OCTNET_OUT", folder.resolve("runs").toString(),
            "OCTNET_IMAGE_SIZE", "16",
            "OCTNET_EPOCHS", "1",
            "OCTNET_BATCH_SIZE", "7",
            "OCTNET_FRACTIONS", "0.5,0.25,0.25");
    return Cli.with(environment, Stream.concat(Stream.of("train"), Stream.of(options)).toArray());
  }

  /** The phantoms' files with a table that says their volumes, three scans each, and eyes. */
  private Path table(Path scans) throws IOException {
    new SyntheticSet(12, 32, 7).write(scans, 2);
    StringBuilder text = new StringBuilder("volume_id,eye,image,label,patient_id\n");
    try (Stream<Path> files = Files.walk(scans)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        String[] name = file.getFileName().toString().split("-");
        String eye = name[1].endsWith("1") ? "OD" : "OS";
        text.append(
            String.join(",", "v" + name[1], eye, file.getFileName() + "", name[0], name[1]));
        text.append('\n');
      }
    }
    Path table = folder.resolve("labels.csv");
    Files.writeString(table, text);
    return table;
  }

  @Test
  void volumesOfATableAreScoredAndTheRunStaysVerifiable() throws IOException {
    Path scans = folder.resolve("scans");
    Path table = table(scans);
    Cli.Result result = train("--data", scans, "--labels", table);
    assertThat(result.code()).as(result.err()).isZero();
    assertThat(result.err()).contains("layout: a table, labels.csv: file from image");
    assertThat(result.out())
        .contains("by volume: mean of the scans'", "by eye: mean of the scans'");
    Path run = folder.resolve("runs/train-cnn3-1");
    assertThat(Files.readAllLines(run.resolve("split.csv")))
        .startsWith("file,sha256,patient,class,split,eye,volume");
    JsonObject metrics =
        JsonParser.parseString(Files.readString(run.resolve("metrics.json"))).getAsJsonObject();
    JsonObject scansOfTest = metrics.getAsJsonObject("test");
    JsonObject volumes = metrics.getAsJsonObject("by_volume").getAsJsonObject("test");
    assertThat(3 * volumes.get("images").getAsInt())
        .isEqualTo(scansOfTest.get("images").getAsInt());
    assertThat(metrics.getAsJsonObject("by_eye").has("test")).isTrue();
    Cli.Result verified = Cli.run("verify", run);
    assertThat(verified.code()).as(verified.out()).isZero();
    Cli.Result evaluated = Cli.run("evaluate", run, "--json");
    assertThat(evaluated.code()).as(evaluated.err()).isZero();
    JsonObject again = JsonParser.parseString(evaluated.out()).getAsJsonObject();
    assertThat(again.getAsJsonObject("by_volume").getAsJsonObject("test").get("accuracy"))
        .isEqualTo(volumes.get("accuracy"));
    Cli.Result predicted = Cli.run("predict", run, scans.resolve("CNV"), "--by", "volume");
    assertThat(predicted.err()).contains("no file says of which volume its scans are");
    assertThat(List.of(predicted.out().split("\n"))).first().asString().startsWith("volume,scans,");
  }
}
