package io.octnet.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.octnet.testing.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The files of the real writers, against the list of what is in them. */
class GoldenFormatsTest {

  @TestFactory
  Stream<DynamicTest> everyDatasetHasItsShapeAndSum() throws IOException {
    Path folder = Golden.folder("formats");
    Map<String, List<String[]>> byFile = layout(folder);
    return byFile.keySet().stream()
        .map(file -> DynamicTest.dynamicTest(file, () -> compare(folder, file, byFile.get(file))));
  }

  private static void compare(Path folder, String file, List<String[]> rows) throws IOException {
    try (WeightArchive archive = WeightArchive.open(folder.resolve(file))) {
      Map<String, StoredLayer.StoredWeight> weights = new HashMap<>();
      for (StoredLayer layer : archive.layers()) {
        for (StoredLayer.StoredWeight weight : layer.weights()) {
          assertThat(weights.put(weight.dataset().path(), weight)).isNull();
        }
      }
      int compared = 0;
      for (String[] row : rows) {
        if (row[1].contains("optimizer")) {
          continue;
        }
        // long names are cut in the list
        boolean cut = row[1].endsWith("...");
        String start = cut ? row[1].substring(0, row[1].length() - 3) : row[1];
        List<StoredLayer.StoredWeight> found =
            weights.entrySet().stream()
                .filter(
                    entry -> cut ? entry.getKey().startsWith(start) : entry.getKey().equals(start))
                .map(Map.Entry::getValue)
                .toList();
        assertThat(found).as(row[1]).isNotEmpty();
        assertThat(found)
            .as("%s %s %s", row[1], row[3], row[4])
            .anyMatch(weight -> matches(weight, row));
        compared++;
      }
      assertThat(weights).hasSize(compared);
    }
  }

  private static boolean matches(StoredLayer.StoredWeight weight, String[] row) {
    String shape = Shapes.text(weight.dataset().shape()).replaceAll("[() ]", "").replace(',', 'x');
    try {
      double sum = 0;
      for (float value : weight.dataset().readFloats()) {
        sum += value;
      }
      return shape.equals(row[3])
          && weight.dataset().typeName().equals(row[2])
          && Math.abs(sum - Double.parseDouble(row[4])) <= 1e-9 * Math.max(1, Math.abs(sum));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @TestFactory
  Stream<DynamicTest> allFormatsOfAModelGiveTheSameBits() throws IOException {
    Path folder = Golden.folder("formats");
    Map<String, ExpectedWeights> models =
        Map.of(
            "cnn3", Cnn3Weights.expected(),
            "kinds", Cnn3Weights.kinds(),
            "nested", Cnn3Weights.backbone());
    List<DynamicTest> tests = new ArrayList<>();
    models.forEach(
        (model, expected) ->
            tests.add(
                DynamicTest.dynamicTest(
                    model,
                    () -> {
                      List<Path> files = files(folder, model + "_");
                      files.removeIf(file -> file.toString().contains("adam"));
                      assertThat(files).hasSizeGreaterThan(5);
                      List<LayerWeights> first = KerasWeights.load(files.getFirst(), expected);
                      for (Path file : files) {
                        assertSame(KerasWeights.load(file, expected), first, file);
                      }
                    })));
    return tests.stream();
  }

  @Test
  void namesThatDifferByTheirNumbersAreMatchedInOrder() throws IOException {
    Path folder = Golden.folder("formats");
    List<ExpectedWeights.Layer> renamed =
        Cnn3Weights.expected().layers().stream()
            .map(
                layer ->
                    new ExpectedWeights.Layer(
                        KerasNames.stem(layer.name()) + "_" + (KerasNames.number(layer.name()) + 1),
                        layer.kind(),
                        layer.weights()))
            .toList();
    for (Path file : files(folder, "cnn3_")) {
      List<LayerWeights> expected = KerasWeights.load(file, Cnn3Weights.expected());
      List<LayerWeights> actual = KerasWeights.load(file, new ExpectedWeights(renamed));
      for (int i = 0; i < expected.size(); i++) {
        assertThat(actual.get(i).layer()).isEqualTo(renamed.get(i).name());
        assertThat(actual.get(i).weights().getFirst().data())
            .as(file.toString())
            .isEqualTo(expected.get(i).weights().getFirst().data());
      }
    }
  }

  @Test
  void listsOfNamesThatWereSplitAreRead() throws IOException {
    Path file = Golden.folder("formats").resolve("long_names_tfkeras_weights.h5");
    try (WeightArchive archive = WeightArchive.open(file)) {
      assertThat(archive.layers()).hasSize(20);
      StoredLayer layer = archive.layers().get(3);
      assertThat(layer.name()).startsWith("layer_052_").hasSize(230);
      assertThat(layer.weights().getFirst().dataset().readFloats())
          .containsExactly(new float[] {1, 3 / 64f, -3 / 32f, .5f}, within(0f));
    }
  }

  static void assertSame(List<LayerWeights> actual, List<LayerWeights> expected, Path file) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < expected.size(); i++) {
      assertThat(actual.get(i).layer()).isEqualTo(expected.get(i).layer());
      for (int j = 0; j < expected.get(i).weights().size(); j++) {
        NamedArray a = actual.get(i).weights().get(j);
        NamedArray e = expected.get(i).weights().get(j);
        assertThat(a.name()).isEqualTo(e.name());
        assertThat(a.shape()).isEqualTo(e.shape());
        assertThat(a.data())
            .as("%s %s %s", file, expected.get(i).layer(), e.name())
            .isEqualTo(e.data());
      }
    }
  }

  static List<Path> files(Path folder, String prefix) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return new ArrayList<>(
          all.filter(path -> path.getFileName().toString().startsWith(prefix))
              .filter(path -> path.toString().endsWith(".h5") || path.toString().endsWith(".keras"))
              .sorted()
              .toList());
    }
  }

  private static Map<String, List<String[]>> layout(Path folder) throws IOException {
    Map<String, List<String[]>> byFile = new HashMap<>();
    List<String> lines = Files.readAllLines(folder.resolve("layout.tsv"));
    for (String line : lines.subList(1, lines.size())) {
      String[] row = line.split("\t", -1);
      byFile.computeIfAbsent(row[0], _ -> new ArrayList<>()).add(row);
    }
    return byFile;
  }
}
