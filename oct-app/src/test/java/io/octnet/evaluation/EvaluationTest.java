package io.octnet.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.List;
import org.junit.jupiter.api.Test;

class EvaluationTest {
  private static final MetricsJson.Subject SUBJECT =
      new MetricsJson.Subject("cnn3", 94_660, 94_212, "patient", false);

  @Test
  void otherClassesHaveNoReferral() {
    Evaluation evaluation =
        Evaluation.of(
            List.of(row("a", "test", 0, 0.75, 0.25), row("b", "test", 1, 0.75, 0.25)),
            List.of("cat", "dog"),
            1);
    JsonObject json =
        JsonParser.parseString(MetricsJson.text(SUBJECT, evaluation)).getAsJsonObject();
    assertThat(json.keySet())
        .containsExactly(
            "model", "parameters", "trainable_parameters", "split", "leaky", "classes", "test");
    assertThat(json.getAsJsonObject("test").keySet())
        .containsExactly(
            "images",
            "patients",
            "log_loss",
            "accuracy",
            "f1_micro",
            "f1_macro",
            "per_class",
            "confusion",
            "ece",
            "ece_after_temperature",
            "temperature",
            "brier",
            "kappa",
            "ci95");
    assertThat(json.getAsJsonObject("test").get("temperature").isJsonNull()).isTrue();
    assertThat(MetricsTable.text(evaluation, false))
        .contains("0.5000 (0.0000 to 1.0000)", "cat", "dog");
  }

  @Test
  void theOperatingPointIsThatOfValidation() {
    List<Prediction> rows =
        List.of(
            row("a", "validation", 0, 0.5, 0.25, 0.25),
            row("b", "validation", 2, 0.25, 0.25, 0.5),
            row("c", "test", 0, 0.75, 0, 0.25),
            row("d", "test", 1, 0.25, 0.25, 0.5),
            row("e", "test", 2, 0.5, 0.5, 0));
    Referral referral =
        Evaluation.of(rows, List.of("CNV", "DME", "NORMAL"), 1).parts().get("test").referral();
    assertThat(referral.threshold()).isEqualTo(0.75);
    assertThat(referral.sensitivity()).isEqualTo(0.5);
    assertThat(referral.specificity()).isZero();
    assertThat(referral.auc()).isZero();
  }

  @Test
  void theSameSeedGivesTheSameIntervals() {
    List<Prediction> rows =
        List.of(
            row("a", "test", 0, 0.75, 0.25),
            row("b", "test", 1, 0.75, 0.25),
            row("c", "test", 1, 0.25, 0.75));
    List<String> classes = List.of("x", "y");
    assertThat(MetricsJson.text(SUBJECT, Evaluation.of(rows, classes, 7)))
        .isEqualTo(MetricsJson.text(SUBJECT, Evaluation.of(rows, classes, 7)));
  }

  @Test
  void whatIsNoProbabilityIsRefused() {
    assertThatThrownBy(() -> row("scan.png", "test", 0, Double.NaN, 1))
        .hasMessageContaining("scan.png")
        .hasMessageContaining("NaN");
    assertThatThrownBy(() -> row("scan.png", "test", 2, 0, 1)).hasMessageContaining("label 2");
    Prediction elsewhere = row("scan.png", "elsewhere", 0, 1, 0);
    assertThatThrownBy(() -> Evaluation.of(List.of(elsewhere), List.of("x", "y"), 1))
        .hasMessageContaining("elsewhere");
  }

  private static Prediction row(String file, String split, int label, double... p) {
    return new Prediction(file, "", split, label, p);
  }
}
