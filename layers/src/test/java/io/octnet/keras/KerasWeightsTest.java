package io.octnet.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.octnet.testing.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KerasWeightsTest {
  @TempDir Path folder;

  @Test
  void whatIsSavedIsLoadedAgain() throws IOException {
    ExpectedWeights expected = Cnn3Weights.kinds();
    List<LayerWeights> weights = random(expected);
    for (String name : List.of("a.h5", "a.hdf5", "a.weights.h5")) {
      Path file = folder.resolve(name);
      KerasWeights.save(file, weights);
      GoldenFormatsTest.assertSame(KerasWeights.load(file, expected), weights, file);
      byte[] once = Files.readAllBytes(file);
      KerasWeights.save(file, weights);
      assertThat(Files.readAllBytes(file)).isEqualTo(once);
    }
  }

  @Test
  void whatTrainingNeedsToGoOnIsSavedBesideTheWeights() throws IOException {
    ExpectedWeights expected = Cnn3Weights.backbone();
    List<LayerWeights> weights = random(expected);
    List<AdamState.Slot> slots = new ArrayList<>();
    for (LayerWeights layer : weights) {
      NamedArray weight = layer.weights().getFirst();
      float[] squares = weight.data().clone();
      for (int i = 0; i < squares.length; i++) {
        squares[i] *= squares[i];
      }
      slots.add(
          new AdamState.Slot(layer.layer(), weight.name(), weight.shape(), weight.data(), squares));
    }
    Path file = folder.resolve("last.h5");
    AdamState adam = new AdamState(123_456_789_012L, 1e-3f, slots);
    KerasWeights.save(file, weights, Optional.of(adam), Map.of("trainer", "{\"epoch\": 7}"));

    GoldenFormatsTest.assertSame(KerasWeights.load(file, expected), weights, file);
    AdamState loaded = KerasWeights.loadAdam(file, expected).orElseThrow();
    assertSame(loaded, adam);
    assertThat(KerasWeights.loadText(file, "trainer")).contains("{\"epoch\": 7}");
    assertThat(KerasWeights.loadText(file, "other")).isEmpty();
    assertThatThrownBy(
            () ->
                KerasWeights.save(
                    folder.resolve("a.weights.h5"), weights, Optional.of(adam), Map.of()))
        .isInstanceOf(WeightFormatException.class);
  }

  @Test
  void namesThatAreNotWrittenAreRefusedBeforeAnythingIs() throws IOException {
    for (String name : List.of("a.keras", "a", "a.npy")) {
      assertThatThrownBy(() -> KerasWeights.save(folder.resolve(name), List.of()))
          .isInstanceOf(WeightFormatException.class)
          .hasMessageContaining(".weights.h5");
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void whatIsNoFileIsSaidToBeNone() {
    assertThatThrownBy(() -> KerasWeights.load(folder, Cnn3Weights.expected()))
        .isInstanceOf(WeightFormatException.class)
        .hasMessage(folder + ": is not a file");
    Path missing = folder.resolve("missing.h5");
    assertThatThrownBy(() -> KerasWeights.load(missing, Cnn3Weights.expected()))
        .isInstanceOf(WeightFormatException.class)
        .hasMessage(missing + ": does not exist");
  }

  @Test
  void adamsStateIsReadFromTheFilesOfEveryKeras() throws IOException {
    Path formats = Golden.folder("formats");
    Map<String, Double> sums = new HashMap<>();
    for (String line : Files.readAllLines(formats.resolve("layout.tsv"))) {
      String[] row = line.split("\t", -1);
      if (row[1].contains("optimizer")) {
        sums.put(row[0] + row[1], Double.parseDouble(row[4]));
      }
    }
    for (String name : List.of("cnn3_keras3_adam.h5", "cnn3_keras3_adam.keras")) {
      checkAdam(formats.resolve(name), sums, 1e-3f);
    }
    checkAdam(formats.resolve("cnn3_tfkeras_adam.h5"), sums, Float.NaN);
    assertThat(KerasWeights.loadAdam(formats.resolve("cnn3_keras3.h5"), Cnn3Weights.expected()))
        .isEmpty();
  }

  private static void checkAdam(Path file, Map<String, Double> sums, float learningRate)
      throws IOException {
    AdamState adam = KerasWeights.loadAdam(file, Cnn3Weights.expected()).orElseThrow();
    assertThat(adam.iteration()).isEqualTo(3);
    assertThat(adam.learningRate()).isEqualTo(Float.valueOf(learningRate));
    assertThat(adam.slots()).hasSize(14); // 4 kernels, 4 biases, 3 gammas, 3 betas
    for (int i = 0; i < adam.slots().size(); i++) {
      AdamState.Slot slot = adam.slots().get(i);
      String flat = slot.layer() + "_" + slot.weight();
      List<String> paths =
          file.toString().endsWith(".keras")
              ? List.of("/optimizer/vars/" + (2 + 2 * i), "/optimizer/vars/" + (3 + 2 * i))
              : file.toString().contains("tfkeras")
                  ? List.of(
                      "/optimizer_weights/Adam/m/" + slot.layer() + "/" + slot.weight() + ":0",
                      "/optimizer_weights/Adam/v/" + slot.layer() + "/" + slot.weight() + ":0")
                  : List.of(
                      "/optimizer_weights/adam/sequential_" + flat + "_momentum",
                      "/optimizer_weights/adam/sequential_" + flat + "_velocity");
      assertThat(sum(slot.m()))
          .isCloseTo(sums.get(file.getFileName() + paths.get(0)), withinPercentage(1e-9));
      assertThat(sum(slot.v()))
          .isCloseTo(sums.get(file.getFileName() + paths.get(1)), withinPercentage(1e-9));
    }
  }

  static void assertSame(AdamState actual, AdamState expected) {
    assertThat(actual.iteration()).isEqualTo(expected.iteration());
    assertThat(actual.learningRate()).isEqualTo(Float.valueOf(expected.learningRate()));
    assertThat(actual.slots()).hasSameSizeAs(expected.slots());
    for (int i = 0; i < expected.slots().size(); i++) {
      AdamState.Slot a = actual.slots().get(i);
      AdamState.Slot e = expected.slots().get(i);
      assertThat(a.layer() + "/" + a.weight()).isEqualTo(e.layer() + "/" + e.weight());
      assertThat(a.shape()).isEqualTo(e.shape());
      assertThat(a.m()).isEqualTo(e.m());
      assertThat(a.v()).isEqualTo(e.v());
    }
  }

  private static double sum(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum;
  }

  static List<LayerWeights> random(ExpectedWeights expected) {
    Random random = new Random(7);
    return expected.layers().stream()
        .map(
            layer ->
                new LayerWeights(
                    layer.name(),
                    layer.kind(),
                    layer.weights().stream().map(weight -> random(weight, random)).toList()))
        .toList();
  }

  private static NamedArray random(ExpectedWeights.Weight weight, Random random) {
    int size = 1;
    for (int dim : weight.shape()) {
      size *= dim;
    }
    float[] data = new float[size];
    for (int i = 0; i < size; i++) {
      data[i] = random.nextFloat();
    }
    return new NamedArray(weight.name(), weight.shape(), data);
  }
}
