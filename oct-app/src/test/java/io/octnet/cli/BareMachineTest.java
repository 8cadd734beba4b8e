package io.octnet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.octnet.synthetic.SyntheticSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A machine without fonts, without a temporary folder, where a folder is named as people do. */
class BareMachineTest {
  @TempDir Path folder;

  @Test
  void trainingLosesNothingButThePlots() throws Exception {
    Path place = Files.createDirectory(folder.resolve("Dr. Müller"));
    Path data = place.resolve("scans");
    new SyntheticSet(9, 32, 7).write(data, 2);
    Path noFonts = Files.writeString(folder.resolve("fonts.conf"), "<fontconfig></fontconfig>");
    Path out = place.resolve("out.txt");
    ProcessBuilder process = new ProcessBuilder(line(data, place.resolve("runs")));
    process.environment().put("FONTCONFIG_FILE", noFonts.toString());
    process.redirectErrorStream(true).redirectOutput(out.toFile());

    Process started = process.start();
    assertThat(started.waitFor(120, TimeUnit.SECONDS)).isTrue();

    String said = Files.readString(out);
    assertThat(started.exitValue()).as(said).isZero();
    assertThat(said).contains("log-loss", "run: ");
    Path run = place.resolve("runs/train-cnn3-1");
    for (String file :
        List.of("metrics.json", "predictions.csv", "report.html", "model-card.md", "run.json")) {
      assertThat(run.resolve(file)).isNotEmptyFile();
    }
    assertThat(Cli.run("verify", run).out()).startsWith("ok: ");
    if (said.contains("note: no plots")) { // fonts that the JDK brings itself would do
      assertThat(run.resolve("plots")).doesNotExist();
    } else {
      assertThat(run.resolve("plots")).isNotEmptyDirectory();
    }
  }

  private List<String> line(Path data, Path runs) throws IOException {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(
        List.of(
            "--add-modules=jdk.incubator.vector",
            "--add-exports=java.base/jdk.internal.module=ALL-UNNAMED",
            "--enable-native-access=ALL-UNNAMED",
            "-Djava.awt.headless=true",
            "-Djava.io.tmpdir=" + folder.resolve("no/such/folder"),
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            "train",
            "--data=" + data,
            "--out=" + runs,
            "--image-size=8",
            "--batch-size=9",
            "--epochs=1"));
    return line;
  }
}
