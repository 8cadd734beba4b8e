package io.octnet.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.octnet.tensor.Npy;
import io.octnet.testing.Golden;
import io.octnet.text.Text;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every number against scikit-learn's. */
class GoldenMetricsTest {
  private static final List<String> CLASSES = List.of("CNV", "DME", "DRUSEN", "NORMAL");

  @TestFactory
  Stream<DynamicTest> scoresAreThoseOfScikitLearn() throws Exception {
    Path folder = Golden.folder("metrics");
    List<Path> files;
    try (Stream<Path> all = Files.list(folder)) {
      files =
          all.filter(file -> file.toString().endsWith(".json"))
              .filter(file -> !name(file).equals("bootstrap"))
              .sorted()
              .toList();
    }
    assertThat(files).isNotEmpty();
    return files.stream().map(file -> dynamicTest(name(file), () -> check(folder, name(file))));
  }

  private static String name(Path file) {
    return file.getFileName().toString().replace(".json", "");
  }

  private static void check(Path folder, String name) throws Exception {
    JsonObject golden = json(folder.resolve(name + ".json"));
    List<Prediction> images = predictions(folder, name, null);
    Evaluation evaluation = Evaluation.of(images, CLASSES, 1);
    Metrics m = evaluation.parts().get("validation");

    equal(m.logLoss(), golden.get("logLoss"));
    equal(m.accuracy(), golden.get("accuracy"));
    equal(m.f1Micro(), golden.get("f1Micro"));
    if (m.presentClasses().size() == CLASSES.size()) { // Python's mean takes an absent class for 0
      equal(m.f1Macro(), golden.get("f1Macro"));
    }
    equal(m.brier(), golden.get("brier"));
    equal(m.kappa(), golden.get("kappa"));
    equal(m.ece(), golden.get("ece"));
    for (int c = 0; c < 4; c++) {
      Metrics.PerClass perClass = m.perClass().get(CLASSES.get(c));
      if (perClass.support() == 0) {
        assertThat(perClass.precision()).isNull();
        assertThat(perClass.recall()).isNull();
        assertThat(perClass.f1()).isNull();
        continue;
      }
      equal(perClass.precision(), golden.getAsJsonArray("precision").get(c));
      equal(perClass.recall(), golden.getAsJsonArray("recall").get(c));
      equal(perClass.f1(), golden.getAsJsonArray("f1").get(c));
      equal((double) perClass.support(), golden.getAsJsonArray("support").get(c));
      equal(perClass.rocAuc(), golden.getAsJsonArray("rocAuc").get(c));
      equal(
          Metrics.known(Roc.ofClass(images, c).averagePrecision()),
          golden.getAsJsonArray("averagePrecision").get(c));
      for (int k = 0; k < 4; k++) {
        equal(
            (double) m.confusion()[c][k],
            golden.getAsJsonArray("confusion").get(c).getAsJsonArray().get(k));
      }
    }
    JsonObject temperature = golden.getAsJsonObject("temperature");
    double expected = temperature.get("temperature").getAsDouble();
    assertThat(m.temperature()).isCloseTo(expected, within(1e-6 * expected));
    equal(Calibration.error(Calibration.at(expected, images)), temperature.get("eceAfter"));
    referral(folder, name, golden, images, m);
  }

  private static void referral(
      Path folder, String name, JsonObject golden, List<Prediction> images, Metrics m)
      throws Exception {
    if (golden.get("referral").isJsonNull()) {
      assertThat(m.referral().auc()).isNull();
      return;
    }
    JsonObject referral = golden.getAsJsonObject("referral");
    equal(m.referral().auc(), referral.get("auc"));
    equal(m.referral().threshold(), referral.get("threshold"));
    equal(m.referral().sensitivity(), referral.get("sensitivity"));
    equal(m.referral().specificity(), referral.get("specificity"));
    Roc roc = ReferralRule.choose(CLASSES, images).roc(images);
    equal(roc.auc(), referral.get("auc"));
    equal(roc.averagePrecision(), referral.get("averagePrecision"));
    double[] rows = Npy.read(folder.resolve(name + ".roc.npy")).doubles();
    assertThat(roc.points()).hasSize(rows.length / 3);
    for (int k = 0; k < roc.points().size(); k++) {
      Roc.Point point = roc.points().get(k);
      assertThat(1 - roc.specificity(point)).isCloseTo(rows[3 * k], within(1e-9));
      assertThat(roc.sensitivity(point)).isCloseTo(rows[3 * k + 1], within(1e-9));
      assertThat(point.threshold()).isEqualTo(rows[3 * k + 2]);
    }
  }

  @Test
  void intervalsAreThoseOfTheSamePatients() throws Exception {
    Path folder = Golden.folder("metrics");
    int[] patients = Npy.read(folder.resolve("bootstrap.patient.npy")).ints();
    List<Prediction> images = predictions(folder, "bootstrap", patients);
    Npy npy = Npy.read(folder.resolve("bootstrap.draws.npy"));
    int width = npy.dims()[1];
    int[][] draws = new int[npy.dims()[0]][];
    for (int i = 0; i < draws.length; i++) {
      draws[i] = Arrays.copyOfRange(npy.ints(), i * width, (i + 1) * width);
    }
    Bootstrap bootstrap = new Bootstrap(images, draws);
    JsonObject ci = json(folder.resolve("bootstrap.json")).getAsJsonObject("ci95");
    ReferralRule rule = ReferralRule.choose(CLASSES, images);

    equal(bootstrap.interval(r -> Confusion.of(r, 4).accuracy()), ci.getAsJsonArray("accuracy"));
    equal(
        bootstrap.interval(r -> Confusion.of(r, 4).f1Macro(new int[] {0, 1, 2, 3})),
        ci.getAsJsonArray("f1Macro"));
    equal(bootstrap.interval(r -> Confusion.of(r, 4).kappa()), ci.getAsJsonArray("kappa"));
    equal(bootstrap.interval(Metrics::logLoss), ci.getAsJsonArray("logLoss"));
    equal(bootstrap.interval(Calibration::error), ci.getAsJsonArray("ece"));
    equal(bootstrap.interval(rule::auc), ci.getAsJsonArray("referralAuc"));
  }

  private static List<Prediction> predictions(Path folder, String name, int[] patients)
      throws Exception {
    int[] y = Npy.read(folder.resolve(name + ".y.npy")).ints();
    double[] p = Npy.read(folder.resolve(name + ".p.npy")).doubles();
    List<Prediction> images = new ArrayList<>();
    for (int i = 0; i < y.length; i++) {
      String patient = patients == null ? "" : Text.format("%06d", patients[i]);
      images.add(
          new Prediction(
              "f" + i, patient, "validation", y[i], Arrays.copyOfRange(p, 4 * i, 4 * i + 4)));
    }
    return images;
  }

  private static JsonObject json(Path file) throws Exception {
    return JsonParser.parseString(Files.readString(file)).getAsJsonObject();
  }

  private static void equal(double[] actual, JsonArray expected) {
    equal(actual[0], expected.get(0));
    equal(actual[1], expected.get(1));
  }

  private static void equal(Double actual, JsonElement expected) {
    if (expected.isJsonNull()) {
      assertThat(actual).isNull();
    } else {
      assertThat(actual).isCloseTo(expected.getAsDouble(), within(1e-9));
    }
  }
}
