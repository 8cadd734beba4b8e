package io.octnet.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.octnet.autograd.Autograd;
import io.octnet.layers.Dropout;
import io.octnet.layers.Layer;
import io.octnet.layers.Parameter;
import io.octnet.layers.Pass;
import io.octnet.losses.CategoricalCrossentropy;
import io.octnet.ops.Softmax;
import io.octnet.ops.Targets;
import io.octnet.optimizers.Adam;
import io.octnet.tensor.Npy;
import io.octnet.tensor.Tensor;
import io.octnet.testing.Golden;
import io.octnet.zoo.Network;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.TestFactory;

/**
 * Replays real Keras's training of the two small networks step by step: losses, probabilities,
 * gradients, weights, moving statistics, within four times of what Keras's own float32 strays.
 */
class GoldenTrainingTest {

  @TestFactory
  Stream<DynamicContainer> everyCase() throws IOException {
    Path folder = Golden.folder("training");
    List<Path> cases;
    try (Stream<Path> files = Files.list(folder)) {
      cases = files.filter(c -> Files.exists(c.resolve("steps.tsv"))).sorted().toList();
    }
    assertThat(cases).isNotEmpty();
    return Rounding.all().stream()
        .map(
            rounding ->
                rounding.container(
                    cases.stream()
                        .map(
                            c ->
                                rounding.test(
                                    c.getFileName().toString(),
                                    () -> new Replay(c, rounding).run()))));
  }

  private static final class Replay {
    private final Path folder;
    private final Tolerances tolerances;
    private final JsonObject description;
    private final Npy images;
    private final int[] labels;
    private final Model model;
    private final Adam optimizer;

    Replay(Path folder, Rounding rounding) throws IOException {
      this.folder = folder;
      this.tolerances = Tolerances.of(folder, rounding);
      this.description =
          JsonParser.parseString(Files.readString(folder.resolve("case.json"))).getAsJsonObject();
      this.images = Golden.npy(folder.resolve("images.npy"));
      this.labels = Golden.npy(folder.resolve("labels.npy")).ints();
      int size = description.get("size").getAsInt();
      Network network = Network.of(description.get("model").getAsString());
      this.model = withoutDropout(network.article(size, size, 4));
      rounding.assumeAffordable(model, images.dims()[1], images.dims()[0] - 1, 2e10);
      WeightFiles.load(model, folder.resolve("weights_before.h5"));
      JsonObject adam = description.getAsJsonObject("optimizer");
      this.optimizer = new Adam(adam.get("learningRate").getAsDouble());
    }

    void run() throws IOException {
      Map<String, float[]> before = copies();
      List<String[]> steps = Tolerances.rows(folder.resolve("steps.tsv"));
      float[] probabilities = Golden.npy(folder.resolve("probabilities_training.npy")).floats();
      for (int step = 0; step < steps.size(); step++) {
        step(step, Double.parseDouble(steps.get(step)[1]), probabilities);
      }
      checkWeights(before);
      Tensor output = model.predict(batch(steps.size()));
      float[] expected = Golden.npy(folder.resolve("probabilities_after.npy")).floats();
      assertClose(
          "probabilities in inference mode",
          output.toArray(),
          expected,
          tolerances.of("after", "probabilities in inference mode, max"));
    }

    private void step(int step, double expectedLoss, float[] expectedProbabilities) {
      String when = "step " + step;
      Tensor logits = model.logits(batch(step), Pass.training(1, 0, step));
      int n = logits.dim(0);
      Tensor softmax = Autograd.noGrad(() -> Softmax.softmax(logits));
      float[] expected = new float[softmax.size()];
      System.arraycopy(expectedProbabilities, step * expected.length, expected, 0, expected.length);
      assertClose(
          when + " probabilities",
          softmax.toArray(),
          expected,
          tolerances.of(when, "training probabilities, max"));
      int[] own = new int[n];
      System.arraycopy(labels, step * n, own, 0, n);
      Tensor loss = new CategoricalCrossentropy().of(logits, Targets.of(own, 4));
      assertThat((double) loss.item())
          .as(when + " loss")
          .isCloseTo(expectedLoss, within(expectedLoss * tolerances.of(when, "loss, relative")));
      Autograd.backward(loss);
      checkGradients(when, step);
      optimizer.step(model.trainableParameters());
    }

    private void checkGradients(String when, int step) {
      for (String[] row : Tolerances.rows(folder.resolve("gradients.tsv"))) {
        if (Integer.parseInt(row[0]) == step) {
          float[] gradient = parameter(row[1]).tensor().grad().toArray();
          double norm = Double.parseDouble(row[3]);
          double byNorm = tolerances.of(when, "gradient norm, relative, worst variable");
          assertThat(Tolerances.norm(gradient))
              .as("%s: norm of the gradient of %s", when, row[1])
              .isCloseTo(norm, within(norm * byNorm + 1e-9));
          double single =
              norm
                  * tolerances.of(
                      when, "gradient: any one value's difference / norm, worst variable");
          assertSamples(when + " gradient of " + row[1], gradient, row[4], row[5], single + 1e-9);
        }
      }
      Path whole = folder.resolve("gradient_step0");
      if (step == 0 && Files.exists(whole)) {
        checkWholeGradients(whole);
      }
    }

    private void checkWholeGradients(Path whole) {
      double worst = tolerances.of("step 0", "gradient: norm of difference / norm, worst variable");
      double median =
          tolerances.of("step 0", "gradient: norm of difference / norm, median over variables");
      List<Double> strays = new ArrayList<>();
      for (Parameter p : model.trainableParameters()) {
        Npy file = Golden.npy(whole.resolve(p.path().replace('/', '.') + ".npy"));
        double norm = Tolerances.norm(file.floats());
        double stray = Tolerances.distance(p.tensor().grad().toArray(), file.floats()) / norm;
        assertThat(stray).as("whole gradient of %s", p.path()).isLessThan(worst);
        strays.add(stray);
      }
      assertThat(strays.stream().sorted().toList().get(strays.size() / 2)).isLessThan(median);
    }

    private void checkWeights(Map<String, float[]> before) throws IOException {
      double max = tolerances.of("after", "weights, max");
      double statistics =
          tolerances.of("after", "moving statistics, max relative to the largest of the variable");
      for (String[] row : Tolerances.rows(folder.resolve("weights_after.tsv"))) {
        Parameter p = parameter(row[0]);
        float[] now = p.tensor().data();
        double tolerance = p.isLearned() ? max : statistics * largest(now);
        assertSamples(p.path(), now, row[4], row[5], tolerance);
        double change = Double.parseDouble(row[3]);
        double meanTolerance = tolerances.of("after", "weights, mean of the worst variable");
        assertThat(Tolerances.distance(now, before.get(p.path())))
            .as("change of %s", p.path())
            .isCloseTo(change, within(0.02 * change + meanTolerance * Math.sqrt(now.length)));
      }
      Path file = folder.resolve("weights_after.h5");
      if (Files.exists(file)) {
        checkAllWeights(file);
      }
    }

    private void checkAllWeights(Path file) throws IOException {
      int size = description.get("size").getAsInt();
      Model expected = Network.of(description.get("model").getAsString()).article(size, size, 4);
      WeightFiles.load(expected, file);
      double sum = 0;
      long count = 0;
      for (int i = 0; i < model.parameters().size(); i++) {
        Parameter p = model.parameters().get(i);
        if (p.isLearned()) {
          float[] now = p.tensor().data();
          float[] then = expected.parameters().get(i).tensor().data();
          double difference = 0;
          for (int k = 0; k < now.length; k++) {
            difference += Math.abs((double) now[k] - then[k]);
          }
          assertThat(difference / now.length)
              .as("mean difference of %s", p.path())
              .isLessThan(tolerances.of("after", "weights, mean of the worst variable"));
          sum += difference;
          count += now.length;
        }
      }
      assertThat(sum / count).isLessThan(tolerances.of("after", "weights, mean of all"));
    }

    private Parameter parameter(String path) {
      return model.parameters().stream()
          .filter(p -> p.path().equals(path))
          .findFirst()
          .orElseThrow();
    }

    private Map<String, float[]> copies() {
      Map<String, float[]> copies = new TreeMap<>();
      model.parameters().forEach(p -> copies.put(p.path(), p.tensor().data().clone()));
      return copies;
    }

    private Tensor batch(int step) {
      return Tolerances.images(images, step);
    }
  }

  static Model withoutDropout(Model model) {
    for (Layer layer : model.layers()) {
      if (layer instanceof Dropout dropout) {
        dropout.rate(0);
      }
    }
    return model;
  }

  private static double largest(float[] values) {
    double largest = 0;
    for (float value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }

  static void assertSamples(
      String what, float[] values, String indices, String expected, double tolerance) {
    String[] places = indices.split(",");
    String[] numbers = expected.split(",");
    for (int i = 0; i < places.length; i++) {
      assertThat((double) values[Integer.parseInt(places[i])])
          .as("%s[%s]", what, places[i])
          .isCloseTo(Double.parseDouble(numbers[i]), within(tolerance));
    }
  }

  static void assertClose(String what, float[] actual, float[] expected, double tolerance) {
    assertThat(actual).as(what).hasSameSizeAs(expected);
    for (int i = 0; i < actual.length; i++) {
      assertThat((double) actual[i])
          .as("%s[%d]", what, i)
          .isCloseTo(expected[i], within(tolerance));
    }
  }
}
