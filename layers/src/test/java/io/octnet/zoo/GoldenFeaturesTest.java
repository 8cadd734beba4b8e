package io.octnet.zoo;

import static org.assertj.core.api.Assertions.assertThat;

import io.octnet.compute.Backend;
import io.octnet.compute.Compute;
import io.octnet.compute.simd.Algorithm;
import io.octnet.compute.simd.SimdCompute;
import io.octnet.keras.ZooFiles;
import io.octnet.models.Inference;
import io.octnet.models.Model;
import io.octnet.models.WeightFiles;
import io.octnet.tensor.Npy;
import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;
import io.octnet.testing.Golden;
import io.octnet.text.Text;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The three backbones as real Keras computes them: final features of all inputs, and samples of
 * every layer. The files {@code NET.INPUT.PREPROCESSING.features.npy} say what there is. Scalar
 * code, and each algorithm of convolution wherever it serves, take the small input alone; the
 * algorithms take all with {@code -Doctnet.golden.all}.
 */
class GoldenFeaturesTest {
  private static final int SMALL = 2 * 96 * 128; // pixels

  private record Case(Path folder, String network, String input, String preprocessing) {
    static Case of(Path file) {
      String[] parts = file.getFileName().toString().split("\\.");
      return new Case(file.getParent(), parts[0], parts[1], parts[2]);
    }

    Tensor images() {
      Path prepared = folder.resolve(input + "." + preprocessing + ".npy");
      if (Files.exists(prepared)) {
        return Golden.npy(prepared).tensor();
      }
      assertThat(preprocessing).as("no file " + prepared).isEqualTo("div255");
      Npy pixels = pixels();
      float[] data = new float[pixels.size()];
      for (int i = 0; i < data.length; i++) {
        data[i] = (pixels.values()[i] & 0xff) / 255f;
      }
      return Tensor.of(Shape.of(pixels.dims()), data);
    }

    Npy pixels() {
      return Golden.npy(folder.resolve(input + ".npy"));
    }

    int pixelCount() {
      int[] dims = pixels().dims();
      return dims[0] * dims[1] * dims[2];
    }

    float[] expected() {
      return Golden.npy(
              folder.resolve(Text.format("%s.%s.%s.features.npy", network, input, preprocessing)))
          .floats();
    }

    Model model() {
      int[] dims = pixels().dims();
      Model model = Network.of(network).backbone(dims[1], dims[2]);
      load(model, network + "_notop");
      return model;
    }
  }

  private static void load(Model model, String file) {
    try {
      WeightFiles.load(model, ZooFiles.get(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @TestFactory
  Stream<DynamicContainer> featuresAndLayersOnEveryBackend() throws IOException {
    Path folder = Golden.folder("zoo");
    List<Case> cases;
    try (Stream<Path> files = Files.list(folder)) {
      cases =
          files
              .filter(f -> f.getFileName().toString().endsWith(".features.npy"))
              .sorted()
              .map(Case::of)
              .toList();
    }
    assertThat(cases).isNotEmpty();
    return Stream.concat(
        Backend.providers().stream()
            .filter(p -> p.priority() >= 0 && p.unavailableBecause() == null)
            .map(
                p ->
                    container(
                        p.name(),
                        p.create(Backend.defaultThreads()),
                        cases,
                        p.name().equals("scalar"))),
        algorithms(cases));
  }

  private static Stream<DynamicContainer> algorithms(List<Case> cases) {
    boolean simd =
        Backend.providers().stream()
            .anyMatch(p -> p.name().equals("simd") && p.unavailableBecause() == null);
    boolean small = System.getProperty("octnet.golden.all") == null;
    return Stream.of(Algorithm.values())
        .filter(_ -> simd)
        .map(
            algorithm ->
                container(
                    algorithm.toString(),
                    new SimdCompute(Backend.defaultThreads(), algorithm),
                    cases,
                    small));
  }

  private static DynamicContainer container(
      String name, Compute compute, List<Case> cases, boolean small) {
    Stream<DynamicTest> features =
        cases.stream()
            .filter(c -> !small || c.pixelCount() <= SMALL)
            .map(
                c ->
                    test(
                        compute,
                        c.network() + " " + c.input() + " " + c.preprocessing(),
                        () -> features(c, name)));
    Stream<DynamicTest> layers =
        cases.stream()
            .filter(c -> !small && c.input().equals("input_224"))
            .map(c -> test(compute, c.network() + " layers", () -> layers(c)));
    Stream<DynamicTest> close = Stream.of(DynamicTest.dynamicTest("close", compute::close));
    return DynamicContainer.dynamicContainer(
        name, Stream.of(features, layers, close).flatMap(t -> t));
  }

  private static DynamicTest test(Compute compute, String name, Runnable test) {
    return DynamicTest.dynamicTest(
        name,
        () ->
            Backend.with(
                compute,
                () -> {
                  test.run();
                  return null;
                }));
  }

  private static void features(Case c, String backend) {
    Model model = c.model();
    float[] expected = c.expected();
    try (Inference inference = Inference.of(model)) {
      Tensor actual = inference.predict(c.images());
      double stray = stray(actual.toArray(), expected);
      System.out.printf(
          Locale.ROOT,
          "%s, %s %s %s: %.2e of the largest value%n",
          backend,
          c.network(),
          c.input(),
          c.preprocessing(),
          stray);
      assertThat(stray).isLessThan(tolerance(c));
      actual.release();
    }
  }

  private static double stray(float[] actual, float[] expected) {
    assertThat(actual).hasSameSizeAs(expected);
    double difference = 0;
    double largest = 0;
    for (int i = 0; i < actual.length; i++) {
      difference = Math.max(difference, Math.abs((double) actual[i] - expected[i]));
      largest = Math.max(largest, Math.abs(expected[i]));
    }
    return difference / largest;
  }

  /** Four times what Keras's own float32 strays, in the worst of a network's cases. */
  private static double tolerance(Case c) {
    return 4
        * rows(c.folder().resolve("tolerances.tsv")).stream()
            .filter(row -> row[0].equals(c.network()))
            .mapToDouble(row -> Double.parseDouble(row[6]))
            .max()
            .orElseThrow();
  }

  private static void layers(Case c) {
    Model model = c.model();
    List<String[]> rows = rows(c.folder().resolve(c.network() + ".layers.tsv"));
    assertThat(rows).hasSameSizeAs(model.layers());
    int[] row = {0};
    model
        .predict(
            c.images(),
            (layer, value) -> {
              String[] expected = rows.get(row[0]++);
              assertThat(layer.className()).as(layer.name()).isEqualTo(expected[1]);
              checkLayer(layer.name(), value, expected);
            })
        .release();
  }

  private static void checkLayer(String name, Tensor value, String[] expected) {
    assertThat(value.shape().toString())
        .as(name)
        .isEqualTo("(" + expected[2].replace("x", ", ") + ")");
    double largest =
        Math.max(
            Math.abs(Double.parseDouble(expected[5])), Math.abs(Double.parseDouble(expected[6])));
    double tolerance = 4 * Double.parseDouble(expected[7]) + 1e-6 * largest;
    String[] places = expected[8].split(",");
    String[] values = expected[9].split(",");
    for (int i = 0; i < places.length; i++) {
      double difference =
          Math.abs(value.data()[Integer.parseInt(places[i])] - Double.parseDouble(values[i]));
      assertThat(difference).as("%s[%s]", name, places[i]).isLessThanOrEqualTo(tolerance);
    }
    double sum = 0;
    for (float v : value.toArray()) {
      sum += v;
    }
    double mean = Double.parseDouble(expected[3]);
    assertThat(Math.abs(sum / value.size() - mean)).as("mean of " + name).isLessThan(tolerance);
  }

  private static List<String[]> rows(Path table) {
    try {
      return Files.readAllLines(table).stream().skip(1).map(l -> l.split("\t", -1)).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @TestFactory
  Stream<DynamicTest> theOldResNetFileHoldsTheSameWeights() {
    Golden.folder("zoo");
    return Stream.of(
        DynamicTest.dynamicTest(
            "resnet50_notop_old.h5",
            () -> {
              Model current = Network.RESNET50.backbone(32, 32);
              Model old = Network.RESNET50.backbone(32, 32);
              load(current, "resnet50_notop");
              load(old, "resnet50_notop_old");
              for (int i = 0; i < current.parameters().size(); i++) {
                assertThat(old.parameters().get(i).tensor().data())
                    .as(old.parameters().get(i).path())
                    .isEqualTo(current.parameters().get(i).tensor().data());
              }
            }));
  }
}
