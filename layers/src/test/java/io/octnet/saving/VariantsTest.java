package io.octnet.saving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.octnet.layers.Conv2D;
import io.octnet.models.Model;
import io.octnet.models.WeightFiles;
import io.octnet.tensor.Tensor;
import io.octnet.testing.Golden;
import io.octnet.zoo.Network;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A file's own architecture counts, however like one of ours its weights are. */
class VariantsTest {
  @TempDir Path temporary;

  @Test
  void aModelWithEluIsNotCnn3() throws Exception {
    Path file = Golden.shared("cases/elu.keras");
    Model model = KerasModels.load(file);
    assertThat(((Conv2D) model.layer("conv2d_1")).activation().id()).isEqualTo("elu");
    assertThat(Differences.first(model, Network.CNN3.article(48, 48, 4), "cnn3"))
        .hasValue("layer conv2d_1: activation is elu in the file, relu in cnn3");
  }

  @ParameterizedTest
  @ValueSource(strings = {"keras", "h5"})
  void wholeFilesSayWhatTheConfigurationSays(String ending) throws Exception {
    ApplicationCase gray =
        ApplicationCase.all().stream()
            .filter(c -> c.name().equals("sequential_gray"))
            .findFirst()
            .orElseThrow();
    Model model = KerasModels.load(gray.folder().resolve("sequential_gray." + ending));
    Tensor y = model.predict(gray.x());
    assertThat(gray.difference(y.toArray())).isLessThan(gray.bound());
    y.release();
  }

  @Test
  void weightsAloneSayThatTheyCarryNoArchitecture() throws Exception {
    Path file = temporary.resolve("cnn3.h5");
    Model model = Network.CNN3.article(16, 16, 4).initialize(1);
    WeightFiles.save(model, file);
    assertThat(KerasModels.hasArchitecture(file)).isFalse();
    assertThatThrownBy(() -> KerasModels.architecture(file, OptionalInt.empty()))
        .isInstanceOf(UnsupportedModelException.class)
        .hasMessageContaining("holds weights alone, no architecture");
  }

  @Test
  void aConfigurationOfOursHasNoDifference() throws Exception {
    ApplicationCase article =
        ApplicationCase.all().stream()
            .filter(c -> c.name().equals("cnn3_article"))
            .findFirst()
            .orElseThrow();
    assertThat(Differences.first(article.model(), Network.CNN3.article(48, 48, 4), "cnn3"))
        .isEmpty();
    assertThat(Differences.first(article.model(), Network.CNN3.article(48, 48, 3), "cnn3"))
        .hasValue("layer dense: units is 4 in the file, 3 in cnn3");
    assertThat(Differences.first(article.model(), Network.CNN3.article(64, 64, 4), "cnn3"))
        .hasValue("layer input_layer: shape is (48, 48, 3) in the file, (64, 64, 3) in cnn3");
  }
}
