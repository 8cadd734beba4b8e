package io.octnet.zoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.octnet.layers.BatchNormalization;
import io.octnet.layers.Layer;
import io.octnet.layers.Parameter;
import io.octnet.models.Model;
import io.octnet.testing.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class NetworkTest {

  @ParameterizedTest
  @CsvSource({
    "CNN3, 94660, 94212",
    "CNN7, 2267556, 2264868",
    "VGG16, 24457316, 24456548",
    "RESNET50, 23595908, 23542788",
    "DENSENET121, 7041604, 6957956"
  })
  void theArticlesNetworksHaveItsParameters(Network network, long parameters, long trainable) {
    Model model = network.article(224, 224, 4);
    assertThat(model.parameterCount()).isEqualTo(parameters);
    assertThat(model.trainableParameterCount()).isEqualTo(trainable);
    assertThat(model.isClassifier()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "VGG16, FROZEN, 9741860",
    "RESNET50, FROZEN, 8196",
    "RESNET50, LAST3, 4473860",
    "RESNET50, ALL_BUT_FIRST3, 23533316",
    "DENSENET121, FROZEN, 4100",
    "DENSENET121, LAST3, 205060",
    "DENSENET121, ALL_BUT_FIRST3, 6948548"
  })
  void fineTuningTrainsWhatTheArticleTrained(Network network, FineTune mode, long trainable) {
    Model model = network.article(224, 224, 4);
    mode.apply(network, model);
    assertThat(model.trainableParameterCount()).isEqualTo(trainable);
    FineTune.ALL.apply(network, model);
    assertThat(model.layers()).allMatch(Layer::isTrainable);
  }

  @ParameterizedTest
  @CsvSource({
    "VGG16, FROZEN, flatten",
    "VGG16, LAST3, block4_pool",
    "RESNET50, FROZEN, global_max_pooling2d",
    "RESNET50, LAST3, conv5_block2_out",
    "DENSENET121, FROZEN, global_max_pooling2d",
    "DENSENET121, LAST3, conv5_block14_concat",
    "DENSENET121, ALL, zero_padding2d_1"
  })
  void whatLiesBeforeTheFirstTrainedLayerCanBeCutOff(Network network, FineTune mode, String cut) {
    Model model = network.article(64, 64, 4);
    mode.apply(network, model);
    assertThat(model.frozenUntil()).isEqualTo(cut);
    assertThat(model.until(cut).trainableParameterCount()).isZero();
    assertThat(model.after(cut).trainableParameterCount())
        .isEqualTo(model.trainableParameterCount());
  }

  /** Layer by layer, weight by weight, as in the official files. */
  @ParameterizedTest
  @CsvSource({
    "VGG16, vgg16_notop.tsv",
    "RESNET50, resnet50_new_notop.tsv",
    "DENSENET121, densenet121_notop.tsv"
  })
  void layersAndWeightsAreThoseOfTheOfficialFiles(Network network, String table)
      throws IOException {
    Path file = Golden.shared("keras-hdf5").resolve(table);
    List<String> expected =
        Files.readAllLines(file).stream()
            .skip(1)
            .map(line -> line.split("\t", -1))
            .map(f -> f[1] + " " + f[2] + (f[4].isEmpty() ? "" : " " + f[4] + " " + f[6]))
            .toList();
    assertThat(described(network.backbone(224, 224))).isEqualTo(expected);
  }

  private static List<String> described(Model model) {
    List<String> lines = new ArrayList<>();
    for (Layer layer : model.layers()) {
      String name = layer.name() + " " + layer.className();
      if (layer.parameters().isEmpty()) {
        lines.add(name);
      }
      for (Parameter parameter : layer.parameters()) {
        String shape =
            IntStream.of(parameter.shape().toArray())
                .mapToObj(Integer::toString)
                .collect(Collectors.joining("x"));
        lines.add(name + " " + parameter.name() + " " + shape);
      }
    }
    return lines;
  }

  /** No feature test can tell 1.001e-5 from 1e-5. */
  @ParameterizedTest
  @EnumSource(names = {"RESNET50", "DENSENET121"})
  void batchNormsOfTheBackbonesHaveKerasOddEpsilon(Network network) {
    assertThat(network.backbone(32, 32).batchNorms())
        .isNotEmpty()
        .allMatch(norm -> norm.epsilon() == 1.001e-5 && norm.momentum() == 0.99);
  }

  @Test
  void batchNormsOfTheSmallNetworksHaveKerasDefaults() {
    assertThat(Network.CNN7.article(32, 32, 4).batchNorms())
        .hasSize(7)
        .allMatch((BatchNormalization norm) -> norm.epsilon() == 1e-3 && norm.momentum() == 0.99);
  }

  @ParameterizedTest
  @CsvSource({
    "VGG16, 138357544, 15470264320",
    "RESNET50, 25636712, 3857973248",
    "DENSENET121, 8062504, 2834161664"
  })
  void withTopTheyHaveTheirKnownSizes(Network network, long parameters, long multiplyAdds) {
    Model model = network.withTop(224, 224, 1000);
    assertThat(model.parameterCount()).isEqualTo(parameters);
    assertThat(model.summary().multiplyAdds()).isEqualTo(multiplyAdds);
  }

  @Test
  void awkwardSizesGiveTheShapesOfKeras() {
    assertThat(Network.VGG16.backbone(97, 131).outputShape().toArray()).containsExactly(3, 4, 512);
    assertThat(Network.RESNET50.backbone(97, 131).outputShape().toArray())
        .containsExactly(4, 5, 2048);
    assertThat(Network.DENSENET121.backbone(97, 131).outputShape().toArray())
        .containsExactly(3, 4, 1024);
  }

  @Test
  void tooSmallImagesAndUnknownNamesAreRefused() {
    assertThatThrownBy(() -> Network.VGG16.article(31, 64, 4))
        .hasMessageContaining("vgg16 needs images of at least 32 x 32, received 31 x 64");
    assertThatThrownBy(() -> Network.of("alexnet"))
        .hasMessageContaining("unknown network 'alexnet'")
        .hasMessageContaining("densenet121");
    assertThatThrownBy(() -> FineTune.of("some")).hasMessageContaining("all-but-first3");
  }
}
