package io.octnet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.octnet.runs.RunConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class OptionDefaultsTest {
  @TempDir Path folder;

  @Test
  void theFlagBeatsTheEnvironmentBeatsTheFileBeatsTheDefault() throws IOException {
    Path config =
        Files.writeString(
            folder.resolve("c.yaml"), "epochs: 5\nbatch-size: 6\nimage_size: 77\nseed: 9\n");
    Map<String, String> environment = Map.of("OCTNET_EPOCHS", "3", "OCTNET_BATCH_SIZE", "4");

    RunConfig resolved = resolve(environment, config, "--epochs", "2");

    assertThat(resolved.epochs()).isEqualTo(2);
    assertThat(resolved.batchSize()).isEqualTo(4);
    assertThat(resolved.imageSize()).isEqualTo(77);
    assertThat(resolved.seed()).isEqualTo(9);
    assertThat(resolved.learningRate()).isEqualTo(0.001);
  }

  @Test
  void propertiesAndListsAreRead() throws IOException {
    Path properties =
        Files.writeString(folder.resolve("c.properties"), "model=cnn7\nfractions=0.6,0.2,0.2\n");
    Path yaml = Files.writeString(folder.resolve("c.yml"), "fractions: [0.6, 0.2, 0.2]\n");

    assertThat(resolve(Map.of(), properties).model().id()).isEqualTo("cnn7");
    assertThat(resolve(Map.of(), properties))
        .usingRecursiveComparison()
        .ignoringFields("model")
        .isEqualTo(resolve(Map.of(), yaml));
  }

  @Test
  void theResolvedConfigurationRepeatsItself() throws IOException {
    RunConfig first =
        resolve(
            Map.of(),
            null,
            "--data=scans",
            "--model=resnet50",
            "--fine-tune=last3",
            "--split=image",
            "--limit=100",
            "--class-weights=balanced",
            "--augment=light",
            "--patience=7",
            "--learning-rate=3e-4",
            "--fractions=0.5,0.25,0.25",
            "--patient-regex=^([0-9]+): #");
    Path saved = Files.writeString(folder.resolve("config.yaml"), first.yaml());

    assertThat(resolve(Map.of(), saved).yaml()).isEqualTo(first.yaml());
  }

  @Test
  void theRecipeOfTheArticleFillsInWhatIsNotSaid() {
    RunConfig recipe = resolve(Map.of(), null, "--recipe", "article", "--model", "resnet50");

    assertThat(recipe.split()).hasToString("IMAGE");
    assertThat(recipe.preprocess()).hasToString("DIV255");
    assertThat(recipe.fineTune().id()).isEqualTo("all-but-first3");
    assertThat(recipe.imageSize()).isEqualTo(224);
    assertThat(resolve(Map.of(), null, "--recipe=article", "--split=patient").split())
        .hasToString("PATIENT");
  }

  @Test
  void pretrainedNetworksGetTheirOwnPreprocessing() {
    assertThat(resolve(Map.of(), null, "--model", "vgg16").preprocess()).hasToString("CAFFE");
    assertThat(resolve(Map.of(), null, "--model", "densenet121").preprocess()).hasToString("TORCH");
    assertThat(resolve(Map.of(), null, "--model", "vgg16", "--weights", "none").preprocess())
        .hasToString("DIV255");
    assertThat(resolve(Map.of(), null).preprocess()).hasToString("DIV255");
  }

  @Test
  void variablesOfTrainTouchNoOtherCommand() {
    Map<String, String> environment =
        Map.of("OCTNET_DATA", "elsewhere", "OCTNET_OUT", "there", "OCTNET_SEED", "x");

    assertThat(Cli.with(environment, "gradcheck", "--op=add", "--shapes=1").code()).isZero();
    assertThat(Cli.with(environment, "split").complaint()).contains("--data is missing");
    assertThat(Cli.with(environment, "train").complaint()).contains("--seed 'x'", "OCTNET_SEED");
  }

  @Test
  void aConfigurationTakesOptionsOfTrainAlone() throws IOException {
    for (String key : List.of("shapes: 3", "input: x", "allow-leak: true")) {
      Path config = Files.writeString(folder.resolve("c.yaml"), key + "\n");

      assertThat(Cli.run("train", "--config", config, "--dry-run").complaint())
          .contains("unknown key '" + key.substring(0, key.indexOf(':')) + "'");
    }
  }

  @Test
  void aFileOfArgumentsMayNameTheConfiguration() throws IOException {
    Path config = Files.writeString(folder.resolve("c.yaml"), "epochs: three\n");
    Path arguments = Files.writeString(folder.resolve("args"), "--verbose --config " + config);

    Cli.Result result = Cli.run("train", "@" + arguments);

    assertThat(result.err()).contains("--epochs 'three'", "(from " + config + ")", "\tat ");
    assertThat(result.code()).isEqualTo(2);
  }

  private static RunConfig resolve(Map<String, String> environment, Path config, String... args) {
    Octnet octnet = new Octnet(null, environment);
    List<String> line = new ArrayList<>(List.of("train"));
    line.addAll(List.of(args));
    CommandLine root = octnet.parser(config);
    TrainCommand command =
        root.parseArgs(line.toArray(String[]::new)).subcommand().commandSpec().userObject()
                instanceof TrainCommand train
            ? train
            : null;
    return command.options.resolve();
  }
}
