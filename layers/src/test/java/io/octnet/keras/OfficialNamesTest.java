package io.octnet.keras;

import static org.assertj.core.api.Assertions.assertThat;

import io.octnet.testing.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The names in the official files of the three networks, and those that models have today. */
class OfficialNamesTest {
  @TempDir Path folder;

  @Test
  void everyLayerOfTheOldResNet50HasItsNameOfToday() throws IOException {
    List<String[]> rows = rows("resnet50_old_to_new.tsv");
    assertThat(rows).hasSize(106);
    for (String[] row : rows) {
      assertThat(KerasNames.modernResNet(row[0])).as(row[0]).isEqualTo(row[1]);
    }
    for (String other : List.of("res6a_branch2a", "res2g_branch1", "conv2d", "block1_conv1")) {
      assertThat(KerasNames.modernResNet(other)).isNull();
    }
  }

  @Test
  void weightsOfAllThreeNetworksAreWrittenWhereKeras3HasThem() throws IOException {
    for (String network : List.of("vgg16", "resnet50", "densenet121")) {
      // arrays of one number stand for the weights: names and places are what is compared
      List<LayerWeights> layers =
          layers(network).layers().stream()
              .map(
                  layer ->
                      new LayerWeights(
                          layer.name(),
                          layer.kind(),
                          layer.weights().stream()
                              .map(w -> new NamedArray(w.name(), new int[] {1}, new float[1]))
                              .toList()))
              .toList();
      Path file = folder.resolve(network + ".weights.h5");
      KerasWeights.save(file, layers);
      Map<String, String> written = new LinkedHashMap<>();
      try (WeightArchive archive = WeightArchive.open(file)) {
        for (StoredLayer layer : archive.layers()) {
          written.put(layer.path() + "/vars", layer.name() + " " + layer.weights().size());
        }
      }
      Map<String, String> expected = new LinkedHashMap<>();
      List<String[]> rows = rows(network + "_keras3_weights_h5.tsv");
      for (String[] row : rows.subList(1, rows.size())) {
        if (!row[2].isEmpty()) {
          expected.put("/" + row[0], row[1] + " " + row[2].split(",").length);
        }
      }
      assertThat(written).isEqualTo(expected);
    }
  }

  @Test
  void filesInTheLayoutsOfTheOfficialOnesAreLoaded() throws IOException {
    Map<String, String> networks =
        Map.of(
            "vgg16_notop",
            "vgg16",
            "resnet50_notop",
            "resnet50",
            "densenet121_notop",
            "densenet121");
    for (Map.Entry<String, String> entry : networks.entrySet()) {
      ExpectedWeights expected = layers(entry.getValue());
      List<LayerWeights> loaded = KerasWeights.load(ZooFiles.get(entry.getKey()), expected);
      assertThat(ExpectedWeights.of(loaded)).usingRecursiveComparison().isEqualTo(expected);
    }
  }

  @Test
  void theOldAndTheNewResNet50AreTheSameBits() throws IOException {
    ExpectedWeights expected = layers("resnet50");
    List<LayerWeights> today = KerasWeights.load(ZooFiles.get("resnet50_notop"), expected);
    List<LayerWeights> old = KerasWeights.load(ZooFiles.get("resnet50_notop_old"), expected);
    GoldenFormatsTest.assertSame(old, today, Path.of("resnet50_notop_old"));
  }

  /** What a network without top expects, from the list of the official file's data sets. */
  private static ExpectedWeights layers(String network) throws IOException {
    String suffix = network.equals("resnet50") ? "_new_notop.tsv" : "_notop.tsv";
    Map<String, ExpectedWeights.Layer> layers = new LinkedHashMap<>();
    List<String[]> rows = rows(network + suffix);
    for (String[] row : rows.subList(1, rows.size())) {
      if (row[4].isEmpty()) {
        continue;
      }
      String name = row[1].replace('/', '_'); // as models call them today
      List<ExpectedWeights.Weight> weights =
          layers.containsKey(name)
              ? new ArrayList<>(layers.get(name).weights())
              : new ArrayList<>();
      int[] shape = List.of(row[6].split("x")).stream().mapToInt(Integer::parseInt).toArray();
      weights.add(new ExpectedWeights.Weight(row[4], shape));
      layers.put(name, new ExpectedWeights.Layer(name, row[2], weights));
    }
    return new ExpectedWeights(List.copyOf(layers.values()));
  }

  private static List<String[]> rows(String file) throws IOException {
    return Files.readAllLines(Golden.shared("keras-hdf5").resolve(file)).stream()
        .map(line -> line.split("\t", -1))
        .toList();
  }
}
