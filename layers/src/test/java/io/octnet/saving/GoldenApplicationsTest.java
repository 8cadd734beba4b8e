package io.octnet.saving;

import static org.assertj.core.api.Assertions.assertThat;

import io.octnet.compute.Backend;
import io.octnet.compute.Compute;
import io.octnet.compute.ScalarCompute;
import io.octnet.models.Inference;
import io.octnet.models.Model;
import io.octnet.tensor.Tensor;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Models of keras.applications and others answer what real Keras answers. */
class GoldenApplicationsTest {
  private static final long SMALL = 120_000; // parameters

  static List<ApplicationCase> cases() throws IOException {
    return ApplicationCase.all();
  }

  static List<ApplicationCase> smallCases() throws IOException {
    return ApplicationCase.all().stream().filter(c -> c.parameters() < SMALL).toList();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theModelOfAConfigurationAnswersWhatKerasAnswers(ApplicationCase c) throws Exception {
    Model model = c.model();
    assertThat(model.parameterCount()).isEqualTo(c.parameters());
    assertThat(difference(c, model)).isLessThan(c.bound());
  }

  @ParameterizedTest
  @MethodSource("smallCases")
  void theDefinitionAnswersSo(ApplicationCase c) throws Exception {
    Model model = c.model();
    try (Compute scalar = new ScalarCompute()) {
      double difference = Backend.with(scalar, () -> difference(c, model));
      assertThat(difference).isLessThan(c.bound());
    }
  }

  private static double difference(ApplicationCase c, Model model) {
    try (Inference inference = Inference.of(model)) {
      Tensor x = c.x();
      Tensor y = inference.predict(x);
      double difference = c.difference(y.toArray());
      System.out.println(c + ": largest difference from Keras " + (float) difference);
      y.release();
      x.release();
      return difference;
    }
  }
}
