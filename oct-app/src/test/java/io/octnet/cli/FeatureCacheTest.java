package io.octnet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.octnet.synthetic.SyntheticSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fine-tuning with and without the cache of what the frozen backbone says. */
class FeatureCacheTest {
  @TempDir static Path folder;

  private static Path data;
  private static Path weights;

  /** A network with random weights stands in for the pretrained one. */
  @BeforeAll
  static void prepare() {
    data = folder.resolve("scans");
    new SyntheticSet(12, 32, 7).write(data, 2);
    Path run = train("first", "--epochs", 1, "--weights", "none", "--no-feature-cache");
    weights = run.resolve("best.h5");
  }

  private static Cli.Result result(String out, Object... options) {
    Map<String, String> small =
        Map.of(
            "OCTNET_DATA", data.toString(),
            "OCTNET_OUT", folder.resolve(out).toString(),
            "OCTNET_MODEL", "vgg16",
            "OCTNET_IMAGE_SIZE", "32",
            "OCTNET_EPOCHS", "3",
            "OCTNET_BATCH_SIZE", "5",
            "OCTNET_FRACTIONS", "0.5,0.25,0.25");
    return Cli.with(small, Stream.concat(Stream.of("train"), Stream.of(options)).toArray());
  }

  private static Path train(String out, Object... options) {
    Cli.Result result = result(out, options);
    assertThat(result.code()).as(result.err()).isZero();
    String line = result.out().lines().filter(l -> l.startsWith("run: ")).findFirst().orElseThrow();
    return Path.of(line.substring("run: ".length()));
  }

  private static void assertSameBits(Path run, Path other) throws IOException {
    for (String file : List.of("best.h5", "predictions.csv", "metrics.json")) {
      assertThat(other.resolve(file)).hasSameBinaryContentAs(run.resolve(file));
    }
    assertThat(history(other)).isEqualTo(history(run));
  }

  private static List<List<String>> history(Path run) throws IOException {
    return Files.readAllLines(run.resolve("history.csv")).stream()
        .map(line -> List.of(line.split(",")).subList(0, 6))
        .toList();
  }

  private static Path cacheFile(String out) throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve(out).resolve("features"))) {
      return files.findFirst().orElseThrow();
    }
  }

  @Test
  void theCacheChangesNoBitWhetherEmptyFullOrDamaged() throws IOException {
    Path plain = train("plain", "--weights", weights, "--no-feature-cache");
    assertThat(folder.resolve("plain/features")).doesNotExist();
    assertSameBits(plain, train("cached", "--weights", weights));

    Path cache = cacheFile("cached");
    byte[] whole = Files.readAllBytes(cache);
    assertSameBits(plain, train("cached", "--weights", weights));
    assertThat(cache).hasBinaryContent(whole); // nothing was computed again
    assertThat(result("cached", "--weights", weights, "--epochs", 1).err())
        .contains("feature cache: the output of flatten, all there"); // no room is wanted for it
    assertThat(result("cached", "--weights", weights, "--dry-run").err())
        .contains("features once: ", "images/s, about");

    byte[] damaged = whole.clone();
    for (int i = 100; i < damaged.length; i += 997) {
      damaged[i] ^= 1;
    }
    Files.write(cache, damaged);
    assertSameBits(plain, train("cached", "--weights", weights));

    damaged = whole.clone();
    damaged[9] ^= 1;
    Files.write(cache, damaged);
    Cli.Result rebuilt = result("cached", "--weights", weights);
    assertThat(rebuilt.code()).isZero();
    assertThat(rebuilt.err()).contains("feature cache: the output of flatten", "was damaged");
  }

  @Test
  void predictSaysWhatTheCachedRunSaid() throws IOException {
    Path run = train("predicted", "--weights", weights);

    List<String> rows = Cli.run("predict", run, data).out().lines().toList();
    List<String> recorded = Files.readAllLines(run.resolve("predictions.csv"));
    for (int i = 1; i < rows.size(); i++) {
      assertThat(List.of(rows.get(i).split(",")).subList(1, 6))
          .isEqualTo(List.of(recorded.get(i).split(",")).subList(4, 9));
    }
  }

  @Test
  void otherWeightsOrPixelsNeverHit() throws IOException {
    train("shared", "--weights", weights, "--epochs", 1);
    train("shared", "--weights", "none", "--epochs", 1); // another backbone
    train("shared", "--weights", weights, "--epochs", 1, "--preprocess", "torch");
    train("shared", "--weights", weights, "--epochs", 1, "--feature-type", "float16");
    try (Stream<Path> files = Files.list(folder.resolve("shared/features"))) {
      assertThat(files).hasSize(4);
    }
  }

  @Test
  void augmentedImagesHaveVariantsThatComeBack() throws IOException {
    Path first = train("light", "--weights", weights, "--augment", "light");
    long size = Files.size(cacheFile("light"));
    Path second = train("light", "--weights", weights, "--augment", "light");

    assertSameBits(first, second);
    assertThat(Files.size(cacheFile("light"))).isEqualTo(size);
    assertThat(size).isGreaterThan((48 + 2 * 20) * 512L * 4); // all once, and three variants
  }

  @Test
  void aResumedRunEndsInTheSameBits() throws IOException {
    Path whole = train("whole", "--weights", weights);
    Path part = train("part", "--weights", weights, "--epochs", 1);
    Cli.Result resumed = Cli.run("train", "--resume", part, "--epochs", 3);

    assertThat(resumed.code()).as(resumed.err()).isZero();
    assertThat(history(part)).isEqualTo(history(whole));
    assertThat(part.resolve("best.h5")).hasSameBinaryContentAs(whole.resolve("best.h5"));
  }

  @Test
  void aFolderThatCannotBeWrittenIsOneLine() throws IOException {
    Files.createDirectories(folder.resolve("blocked"));
    Files.writeString(folder.resolve("blocked/features"), "in the way");

    Cli.Result result = result("blocked", "--weights", weights);

    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err().lines().filter(line -> line.startsWith("octnet: ")))
        .singleElement()
        .asString()
        .contains("cannot keep features in", "--no-feature-cache");
  }
}
