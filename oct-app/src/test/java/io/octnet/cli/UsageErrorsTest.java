package io.octnet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class UsageErrorsTest {
  @TempDir Path folder;

  static Stream<List<String>> mistakes() {
    return Stream.of(
        List.of("no command was given"),
        List.of("unknown command 'trian'; did you mean train?", "trian"),
        List.of("unknown command 'dance'; expected one of the commands", "dance"),
        List.of("unknown option '--epoch'; did you mean --epochs?", "train", "--epoch=3"),
        List.of("unknown argument 'extra'", "devices", "extra"),
        List.of("--epochs 'x': expected a whole number", "train", "--epochs", "x"),
        List.of("--learning-rate 'fast': expected a number", "train", "--learning-rate", "fast"),
        List.of(
            "--learning-rate is NaN; expected a number above 0", "train", "--learning-rate=NaN"),
        List.of("unknown network 'cnn4'; known are [cnn3", "train", "--model", "cnn4"),
        List.of("but was 'eye'", "train", "--split", "eye"),
        List.of("--epochs is 0; expected 1 or more", "train", "--epochs", "0"),
        List.of("--batch-size is -1; expected 1 or more", "train", "--batch-size=-1"),
        List.of("needs images of at least 4 x 4", "train", "--image-size", "2"),
        List.of("--fractions '1,1,1': expected three numbers", "train", "--fractions", "1,1,1"),
        List.of("has no group", "train", "--patient-regex", "abc"),
        List.of("is no regular expression", "train", "--patient-regex", "("),
        List.of("there are none for cnn3", "train", "--weights", "imagenet"),
        List.of("cnn7 has no pretrained layers", "train", "--model", "cnn7", "--fine-tune", "all"),
        List.of("unknown back-end 'cuda'", "train", "--backend", "cuda"),
        List.of("--threads is 0; expected 1 or more", "train", "--threads", "0"),
        List.of("missing required option: '--model", "summary"),
        List.of("unknown op 'foo'; expected one of", "gradcheck", "--op", "foo"),
        List.of("no pretrained weights of cnn3", "fetch-weights", "cnn3"),
        List.of("--data is missing", "split"),
        List.of("missing required parameter", "predict", "run"));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void aMistakeIsOneLineAndExitCodeTwo(List<String> expectedAndArgs) {
    Object[] args = expectedAndArgs.subList(1, expectedAndArgs.size()).toArray();
    Cli.Result result = Cli.with(Map.of("OCTNET_OUT", folder.toString()), args);

    assertThat(result.complaint()).startsWith("octnet: ").contains(expectedAndArgs.getFirst());
    assertThat(result.complaint().lines()).hasSize(1);
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.out()).isEmpty();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void valuesOfTheEnvironmentAndOfFilesAreNamedInTheError() throws IOException {
    Path config = Files.writeString(folder.resolve("c.yaml"), "epochs: three\n");

    assertThat(Cli.with(Map.of("OCTNET_EPOCHS", "x"), "train").complaint())
        .contains("--epochs 'x': expected a whole number (from OCTNET_EPOCHS)");
    assertThat(Cli.run("train", "--config", config).complaint())
        .contains("--epochs 'three': expected a whole number (from " + config + ")");
    assertThat(Cli.with(Map.of("OCTNET_EPOCHS", "x"), "train", "--epochs", "y").complaint())
        .contains("'y'")
        .doesNotContain("OCTNET_EPOCHS");
  }

  @Test
  void anUnknownKeyOfAConfigurationIsRefusedWithTheNearestName() throws IOException {
    Path config = Files.writeString(folder.resolve("c.yaml"), "batchsize: 3\n");

    Cli.Result result = Cli.run("train", "--config=" + config);

    assertThat(result.code()).isEqualTo(2);
    assertThat(result.complaint()).contains("unknown key 'batchsize'; did you mean batch-size?");
  }

  @Test
  void verboseAddsTheStackTrace() {
    Cli.Result result = Cli.run("split", "--data", folder.resolve("none"), "--verbose");

    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err()).startsWith("octnet: no folder").contains("\tat io.octnet.");
  }

  @Test
  void everyCommandHasHelpAndAnExample() {
    CommandLine root = new CommandLine(new Octnet(null, Map.of()));
    for (String command : root.getSubcommands().keySet()) {
      Cli.Result result = Cli.run(command, "--help");
      assertThat(result.code()).as(command).isZero();
      assertThat(result.err()).as(command).isEmpty();
      if (!command.equals("generate-completion")) {
        assertThat(result.out()).as(command).contains("Example: octnet " + command);
      }
    }
    assertThat(Cli.run("--help").out()).contains(root.getSubcommands().keySet());
    assertThat(Cli.run("--version").out()).startsWith("octnet ");
  }

  @Test
  void completionNamesTheCommandsAndOptions() {
    assertThat(Cli.run("generate-completion").out()).contains("train", "--batch-size", "complete");
  }
}
