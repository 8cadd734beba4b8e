package io.octnet.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.octnet.layers.Parameter;
import io.octnet.models.Model;
import io.octnet.random.RandomStream;
import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;
import io.octnet.zoo.Network;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GradCamTest {
  private static Tensor picture(int size) {
    Tensor x = Tensor.zeros(Shape.of(1, size, size, 3));
    RandomStream random = RandomStream.of(7, "picture", 0);
    for (int i = 0; i < x.size(); i++) {
      x.data()[i] = random.nextFloat();
    }
    return x;
  }

  @ParameterizedTest
  @CsvSource({
    "cnn3, 17, batch_normalization_2, 8",
    "cnn7, 24, batch_normalization_6, 3",
    "vgg16, 32, block5_conv3, 2",
    "resnet50, 64, conv5_block3_out, 2",
    "densenet121, 64, relu, 2"
  })
  void looksAtTheLastMapsThatKnowPlaces(String name, int size, String layer, int places) {
    Model model = Network.of(name).article(size, size, 4).initialize(3);
    Tensor x = picture(size);
    try (GradCam gradCam = new GradCam(model)) {
      GradCam.Explanation found = gradCam.likeliest(x);

      assertThat(gradCam.layer()).isEqualTo(layer);
      assertThat(found.heat().height()).isEqualTo(places);
      assertThat(found.heat().width()).isEqualTo(places);
      for (float value : found.heat().values()) {
        assertThat(value).isBetween(0f, 1f);
      }
      Tensor expected = model.predict(x);
      assertThat(argmax(expected.data())).isEqualTo(found.explained());
    }
  }

  private static int argmax(float[] values) {
    int best = 0;
    for (int i = 0; i < values.length; i++) {
      best = values[i] > values[best] ? i : best;
    }
    return best;
  }

  /** With a mean over places and one dense layer it is class activation mapping (Zhou 2016). */
  @Test
  void ofAMeanAndADenseLayerIsTheMapsWeightedByThatLayer() {
    Model model = Network.CNN3.article(16, 16, 4).initialize(5);
    Tensor x = picture(16);
    float[] kernel = kernel(model); // (128, 4)
    Tensor maps = model.until("batch_normalization_2").predict(x); // (1, 8, 8, 128)
    for (int label = 0; label < 4; label++) {
      double[] expected = new double[64];
      double most = 0;
      for (int place = 0; place < 64; place++) {
        for (int k = 0; k < 128; k++) {
          expected[place] += kernel[k * 4 + label] * (double) maps.data()[place * 128 + k];
        }
        expected[place] = Math.max(0, expected[place]);
        most = Math.max(most, expected[place]);
      }
      try (GradCam gradCam = new GradCam(model)) {
        HeatMap heat = gradCam.of(x, label).heat();
        for (int place = 0; place < 64; place++) {
          double value = most == 0 ? 0 : expected[place] / most;
          assertThat((double) heat.values()[place]).isCloseTo(value, within(1e-3));
        }
      }
    }
  }

  private static float[] kernel(Model model) {
    List<Parameter> parameters = model.layers().getLast().parameters();
    return parameters.getFirst().tensor().data();
  }

  @Test
  void givesTheSameAgainAndLeavesNoGradientOnTheWeights() {
    Model model = Network.CNN3.article(16, 16, 4).initialize(5);
    Tensor x = picture(16);
    try (GradCam gradCam = new GradCam(model)) {
      float[] first = gradCam.of(x, 2).heat().values();
      assertThat(gradCam.of(x, 2).heat().values()).containsExactly(first);
    }
    assertThat(model.parameters()).allMatch(p -> p.tensor().grad() == null);
  }
}
