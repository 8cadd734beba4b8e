package io.octnet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.octnet.fuzz.Damage;
import io.octnet.fuzz.Watched;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** Damaged configurations: train takes them, or refuses them in one line. */
class DamagedConfigTest {
  private static final String YAML =
      """
      model: cnn3
      epochs: 4
      batch-size: 8
      image-size: 16
      learning-rate: 0.001
      split: patient
      fractions: 0.7,0.15,0.15
      class-weights: balanced
      augment: light
      seed: 42
      patience: 3
      checkpoint-every: 10.0
      """;

  private static Path folder;

  @BeforeContainer
  static void make() throws Exception {
    folder = Files.createTempDirectory("octnet-config");
  }

  @AfterContainer
  static void clean() throws Exception {
    for (String name : new String[] {"c.yaml", "c.properties"}) {
      Files.deleteIfExists(folder.resolve(name));
    }
    Files.delete(folder); // nothing else was written
  }

  @Property(
      tries = 2000,
      seed = "4714",
      shrinking = ShrinkingMode.OFF,
      edgeCases = EdgeCasesMode.NONE)
  void aDamagedConfigurationIsUsedOrRefusedInOneLine(@ForAll long seed) throws Exception {
    Random random = new Random(seed);
    boolean yaml = random.nextInt(3) > 0;
    Path file = folder.resolve(yaml ? "c.yaml" : "c.properties");
    String text = yaml ? YAML : YAML.replace(": ", "=");
    Files.write(file, Damage.text(text.getBytes(StandardCharsets.UTF_8), random));
    StringWriter err = new StringWriter();
    Failures failures = new Failures(new Console(err, err, Terminal.NONE), false);
    Watched.read(
        () -> {
          try {
            CommandLine parser = new Octnet(null, Map.of()).parser(file);
            CommandSpec train = parser.parseArgs("train").subcommand().commandSpec();
            assertThat(((TrainCommand) train.userObject()).options.resolve()).isNotNull();
          } catch (CommandLine.ParameterException e) {
            failures.handleParseException(e, new String[0]);
            assertThat(err.toString().strip())
                .startsWith("octnet: ")
                .doesNotContain("unexpected", "\n", "\0")
                .hasSizeLessThan(2100);
          }
        });
  }
}
