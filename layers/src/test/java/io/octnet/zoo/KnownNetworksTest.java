package io.octnet.zoo;

import static org.assertj.core.api.Assertions.assertThat;

import io.octnet.keras.ConvertWeights;
import io.octnet.keras.InspectWeights;
import io.octnet.keras.KerasWeights;
import io.octnet.keras.LayerWeights;
import io.octnet.keras.ZooFiles;
import io.octnet.models.Model;
import io.octnet.models.WeightFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KnownNetworksTest {
  @TempDir Path folder;

  @Test
  void aSavedModelIsRecognizedWithItsClassesAndItsSize() throws IOException {
    Map<String, Model> models =
        Map.of(
            "the article's cnn3 for 4 classes", Network.CNN3.article(32, 32, 4),
            "the article's cnn7 for 2 classes", Network.CNN7.article(32, 32, 2),
            "the article's densenet121 for 3 classes", Network.DENSENET121.article(32, 32, 3),
            "the article's vgg16 for 4 classes and images of 96 x 96",
                Network.VGG16.article(96, 96, 4));
    for (Map.Entry<String, Model> entry : models.entrySet()) {
      for (String name : List.of("a.h5", "a.weights.h5")) {
        Path file = folder.resolve(name);
        WeightFiles.save(entry.getValue().initialize(7), file);
        assertThat(InspectWeights.inspect(file, KnownNetworks::candidates).fits())
            .containsExactly(entry.getKey());
      }
    }
  }

  @Test
  void theOldResNet50BecomesTodaysInNamesAndOrder() throws IOException {
    Path old = ZooFiles.get("resnet50_notop_old");
    Path today = folder.resolve("resnet50.weights.h5");
    ConvertWeights.Conversion done = ConvertWeights.convert(old, today, KnownNetworks::candidates);
    assertThat(done.network()).contains("resnet50 without top");
    assertThat(done.values()).isEqualTo(23_587_712);
    Model model = Network.RESNET50.backbone(224, 224);
    List<LayerWeights> expected = KerasWeights.load(old, WeightFiles.expected(model));
    List<LayerWeights> actual = KerasWeights.load(today, WeightFiles.expected(model));
    for (int i = 0; i < expected.size(); i++) {
      for (int j = 0; j < expected.get(i).weights().size(); j++) {
        assertThat(actual.get(i).weights().get(j).data())
            .isEqualTo(expected.get(i).weights().get(j).data());
      }
    }
  }
}
