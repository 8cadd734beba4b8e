package io.octnet.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnitTest {
  private static final List<String> CLASSES = List.of("CNV", "DME", "NORMAL");

  private static Prediction scan(
      String file,
      String patient,
      String eye,
      String volume,
      String split,
      int label,
      double... p) {
    return new Prediction(file, patient, eye, volume, split, label, p, Double.NaN);
  }

  @Test
  void aVolumeIsTheMeanOfItsScansAndIsReferredByTheHighest() {
    List<Prediction> scans =
        List.of(
            scan("1", "p", "left", "v", "test", 2, 0.1, 0.1, 0.8),
            scan("2", "p", "left", "v", "test", 2, 0.6, 0.1, 0.3),
            scan("3", "q", "left", "w", "test", 2, 0.0, 0.2, 0.8),
            scan("4", "q", "", "", "test", 2, 0.5, 0.5, 0.0));
    List<Unit> units =
        Unit.of(scans, Unit.Kind.VOLUME, null, p -> p.probabilities()[0] + p.probabilities()[1]);
    assertThat(units).extracting(Unit::name).containsExactly("v", "w");
    assertThat(units.getFirst().probabilities())
        .containsExactly(new double[] {0.35, 0.1, 0.55}, within(1e-12));
    assertThat(units.getFirst().referral()).isEqualTo(0.7, within(1e-12));
    assertThat(units.getLast().referral()).isEqualTo(0.2, within(1e-12));
    List<Unit> eyes = Unit.of(scans, Unit.Kind.EYE, null, p -> Double.NaN);
    assertThat(eyes).extracting(Unit::name).containsExactly("p left", "q left");
  }

  @Test
  void theMeanIsOfCalibratedProbabilities() {
    List<Prediction> scans =
        List.of(
            scan("1", "p", "left", "v", "test", 0, 0.8, 0.1, 0.1),
            scan("2", "p", "left", "v", "test", 0, 0.2, 0.4, 0.4));
    double[] mean =
        Unit.of(scans, Unit.Kind.VOLUME, 2.0, p -> Double.NaN).getFirst().probabilities();
    double first = Math.sqrt(0.8) / (Math.sqrt(0.8) + 2 * Math.sqrt(0.1));
    double second = Math.sqrt(0.2) / (Math.sqrt(0.2) + 2 * Math.sqrt(0.4));
    assertThat(mean[0]).isEqualTo((first + second) / 2, within(1e-9));
  }

  @Test
  void metricsAreToldByVolumeAndEyeAndComeBackFromTheFile() throws Exception {
    List<Prediction> scans = new ArrayList<>();
    for (String split : Evaluation.PARTS) {
      for (int v = 0; v < 12; v++) {
        int label = v % 3;
        for (int n = 0; n < 3; n++) {
          double[] p = {0.1, 0.1, 0.1};
          p[n == 2 ? (label + 1) % 3 : label] = 0.8; // every third scan is wrong, no volume is
          String volume = split + v;
          scans.add(scan(volume + n, split + "p" + v / 2, "left", volume, split, label, p));
        }
      }
    }
    scans.add(scan("mixed1", "testm", "left", "m", "test", 0, 0.8, 0.1, 0.1));
    scans.add(scan("mixed2", "testm", "left", "m", "test", 1, 0.8, 0.1, 0.1));
    Evaluation evaluation = Evaluation.of(scans, CLASSES, 1);
    Metrics test = evaluation.units().get("volume").get("test");
    assertThat(test.images()).as("the volume of two classes is left out").isEqualTo(12);
    assertThat(test.accuracy()).isEqualTo(1);
    assertThat(evaluation.parts().get("test").accuracy()).isLessThan(0.7);
    assertThat(test.patients()).isEqualTo(6);
    assertThat(test.ci95()).containsKeys("accuracy", "referral_auc");
    assertThat(evaluation.units()).as("each eye is of two classes").doesNotContainKey("eye");
    MetricsJson.Subject subject = new MetricsJson.Subject("cnn3", 1, 1, "patient", false);
    Path file = Files.createTempFile("metrics", ".json");
    Files.writeString(file, MetricsJson.text(subject, evaluation));
    Evaluation read = MetricsJson.read(file).evaluation();
    Files.delete(file);
    assertThat(read.units().get("volume").get("test").images()).isEqualTo(12);
    assertThat(MetricsTable.text(evaluation, false)).contains("by volume: mean of the scans'");
  }
}
