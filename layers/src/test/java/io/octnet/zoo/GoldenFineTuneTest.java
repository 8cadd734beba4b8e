package io.octnet.zoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.octnet.autograd.Autograd;
import io.octnet.keras.ZooFiles;
import io.octnet.layers.BatchNormalization;
import io.octnet.layers.Dropout;
import io.octnet.layers.Layer;
import io.octnet.layers.Parameter;
import io.octnet.layers.Pass;
import io.octnet.losses.CategoricalCrossentropy;
import io.octnet.models.Model;
import io.octnet.models.Rounding;
import io.octnet.models.Tolerances;
import io.octnet.models.WeightFiles;
import io.octnet.ops.Softmax;
import io.octnet.ops.Targets;
import io.octnet.optimizers.Adam;
import io.octnet.tensor.Npy;
import io.octnet.tensor.Tensor;
import io.octnet.testing.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.TestFactory;

/**
 * Replays Keras's fine-tuning of the three backbones in all modes: what is trained, losses,
 * gradients, changes, and which batch norms moved. Folders {@code finetune_NET} with files {@code
 * MODE.json} say what there is.
 */
class GoldenFineTuneTest {

  @TestFactory
  Stream<DynamicContainer> everyTrace() throws IOException {
    Path folder = Golden.folder("training");
    List<Path> traces;
    try (Stream<Path> files = Files.walk(folder, 2)) {
      traces =
          files
              .filter(f -> f.getParent().getFileName().toString().startsWith("finetune_"))
              .filter(f -> f.getFileName().toString().endsWith(".json"))
              .sorted()
              .toList();
    }
    assertThat(traces).isNotEmpty();
    return Rounding.all().stream()
        .map(
            rounding ->
                rounding.container(
                    traces.stream()
                        .map(
                            trace ->
                                rounding.test(
                                    folder.relativize(trace).toString(),
                                    () -> new Replay(trace, rounding).run()))));
  }

  private static final class Replay {
    private final Path folder;
    private final JsonObject trace;
    private final Tolerances tolerances;
    private final Model model;
    private final Adam optimizer;
    private final Npy images;
    private final int[] labels;

    Replay(Path file, Rounding rounding) throws IOException {
      this.folder = file.getParent();
      this.trace = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
      String mode = trace.get("mode").getAsString();
      this.tolerances =
          Tolerances.of(
              folder.resolveSibling("finetune_tolerances.tsv"),
              folder.getFileName() + " " + mode,
              rounding);
      Network network = Network.of(trace.get("net").getAsString());
      int size = trace.get("size").getAsInt();
      this.model = network.article(size, size, 4);
      FineTune.of(mode).apply(network, model);
      this.optimizer =
          new Adam(trace.getAsJsonObject("optimizer").get("learningRate").getAsDouble());
      this.images = Golden.npy(folder.resolve("images.npy"));
      this.labels = Golden.npy(folder.resolve("labels.npy")).ints();
      rounding.assumeAffordable(model, images.dims()[1], images.dims()[0] - 1, 1e10);
      load(network);
    }

    private void load(Network network) throws IOException {
      String last = network.backboneLayers(model).getLast().name();
      WeightFiles.load(model.until(last), ZooFiles.get(trace.get("net").getAsString() + "_notop"));
      WeightFiles.load(model.after(last), folder.resolve("head_before.h5"));
      for (Layer layer : model.layers()) {
        if (layer instanceof Dropout dropout) {
          dropout.rate(0);
        }
      }
    }

    void run() {
      assertThat(model.parameterCount()).isEqualTo(trace.get("totalParameters").getAsLong());
      assertThat(model.trainableParameterCount())
          .isEqualTo(trace.get("trainableParameters").getAsLong());
      assertThat(model.trainableParameters().stream().map(Parameter::path))
          .isEqualTo(
              strings(trace.getAsJsonArray("trainable")).stream().map(this::official).toList());
      Map<Parameter, float[]> before = new HashMap<>();
      model.parameters().forEach(p -> before.put(p, p.tensor().data().clone()));
      int steps = trace.getAsJsonArray("losses").size();
      for (int step = 0; step < steps; step++) {
        step(step);
      }
      checkBatchNorms(before);
      checkChanges(before);
      Tensor after = model.predict(Tolerances.images(images, steps));
      checkProbabilities(
          after,
          trace.getAsJsonArray("probabilitiesAfter"),
          tolerances.of("after", "probabilities in inference mode, max"));
    }

    private void step(int step) {
      String when = "step " + step;
      Tensor logits = model.logits(Tolerances.images(images, step), Pass.training(1, 0, step));
      checkProbabilities(
          Autograd.noGrad(() -> Softmax.softmax(logits)),
          trace.getAsJsonArray("probabilitiesTraining").get(step).getAsJsonArray(),
          tolerances.of(when, "training probabilities, max"));
      int n = logits.dim(0);
      int[] own = Arrays.copyOfRange(labels, step * n, (step + 1) * n);
      Tensor loss = new CategoricalCrossentropy().of(logits, Targets.of(own, 4));
      double expected = trace.getAsJsonArray("losses").get(step).getAsDouble();
      assertThat((double) loss.item())
          .as(when + " loss")
          .isCloseTo(expected, within(expected * tolerances.of(when, "loss, relative") + 1e-7));
      logits.release();
      Autograd.backward(loss);
      checkGradients(when, step);
      optimizer.step(model.trainableParameters());
    }

    private void checkGradients(String when, int step) {
      JsonArray stepsWithNorms = trace.getAsJsonArray("gradientNormsOfSteps");
      for (int i = 0; i < stepsWithNorms.size(); i++) {
        if (stepsWithNorms.get(i).getAsInt() == step) {
          JsonObject norms = trace.getAsJsonArray("gradientNorms").get(i).getAsJsonObject();
          double tolerance = tolerances.of(when, "gradient norm, relative, worst variable");
          norms.entrySet().forEach(e -> checkNorm(when, e, tolerance, largest(norms)));
        }
      }
      if (step == 0) {
        double tolerance =
            tolerances.of(when, "gradient: any one value's difference / norm, worst variable");
        trace
            .getAsJsonObject("gradientSamplesStep0")
            .entrySet()
            .forEach(e -> checkSamples(e.getKey(), e.getValue().getAsJsonObject(), tolerance));
      }
    }

    private void checkNorm(
        String when, Map.Entry<String, JsonElement> entry, double tolerance, double largest) {
      double expected = entry.getValue().getAsDouble();
      assertThat(Tolerances.norm(gradient(entry.getKey())))
          .as("%s: norm of the gradient of %s", when, entry.getKey())
          .isCloseTo(expected, within(expected * Math.min(tolerance, 1) + 1e-6 * largest));
    }

    private void checkSamples(String path, JsonObject samples, double tolerance) {
      float[] gradient = gradient(path);
      JsonObject norms = trace.getAsJsonArray("gradientNorms").get(0).getAsJsonObject();
      double norm = norms.get(path).getAsDouble();
      double zero = 1e-6 * Math.max(1, largest(norms)); // of sums that cancel: biases before norms
      JsonArray places = samples.getAsJsonArray("flatIndices");
      JsonArray values = samples.getAsJsonArray("values");
      for (int i = 0; i < places.size(); i++) {
        assertThat((double) gradient[places.get(i).getAsInt()])
            .as("gradient of %s[%s]", path, places.get(i))
            .isCloseTo(values.get(i).getAsDouble(), within(norm * Math.min(tolerance, 1) + zero));
      }
    }

    private float[] gradient(String path) {
      return parameter(path).tensor().grad().toArray();
    }

    private void checkBatchNorms(Map<Parameter, float[]> before) {
      List<String> moved =
          model.batchNorms().stream()
              .filter(
                  norm ->
                      norm.parameters().stream()
                          .filter(p -> !p.isLearned())
                          .anyMatch(p -> !Arrays.equals(p.tensor().data(), before.get(p))))
              .map(BatchNormalization::name)
              .toList();
      assertThat(moved)
          .containsExactlyInAnyOrderElementsOf(
              strings(trace.getAsJsonArray("batchNormsWhoseStatisticsMoved")).stream()
                  .map(this::official)
                  .toList());
      double tolerance =
          tolerances.of("after", "moving statistics, max relative to the largest of the variable");
      trace
          .getAsJsonObject("movingStatistics")
          .entrySet()
          .forEach(
              e -> {
                List<Parameter> p = model.layer(official(e.getKey())).parameters();
                JsonObject norms = e.getValue().getAsJsonObject();
                checkStatistic(p.get(2), norms.get("meanNorm").getAsDouble(), tolerance);
                checkStatistic(p.get(3), norms.get("varianceNorm").getAsDouble(), tolerance);
              });
    }

    private static void checkStatistic(Parameter p, double norm, double tolerance) {
      assertThat(Tolerances.norm(p.tensor().data()))
          .as(p.path())
          .isCloseTo(norm, within(norm * tolerance + 1e-6 * norm));
    }

    private void checkChanges(Map<Parameter, float[]> before) {
      double tolerance = tolerances.of("after", "weights, mean of the worst variable");
      for (Map.Entry<String, JsonElement> e : trace.getAsJsonObject("normOfChange").entrySet()) {
        Parameter p = parameter(e.getKey());
        float[] now = p.tensor().data();
        double expected = e.getValue().getAsDouble();
        if (expected < 1e-12) {
          continue; // a bias before a batch norm: its gradient is rounding, and Adam scales that up
        }
        assertThat(Tolerances.distance(now, before.get(p)))
            .as("change of %s", p.path())
            .isCloseTo(expected, within(0.03 * expected + tolerance * Math.sqrt(now.length)));
      }
      for (Parameter p : model.parameters()) {
        if (!p.layer().isTrainable()) {
          assertThat(p.tensor().data()).as("frozen %s", p.path()).isEqualTo(before.get(p));
        }
      }
    }

    /** Keras 3 spells DenseNet's first layers with underscores, the official files do not. */
    private String official(String name) {
      boolean denseNet = trace.get("net").getAsString().startsWith("densenet");
      return denseNet ? name.replaceFirst("^conv1_", "conv1/") : name;
    }

    private Parameter parameter(String path) {
      return model.parameters().stream()
          .filter(p -> p.path().equals(official(path)))
          .findFirst()
          .orElseThrow();
    }
  }

  private static double largest(JsonObject norms) {
    return norms.entrySet().stream()
        .mapToDouble(e -> e.getValue().getAsDouble())
        .max()
        .orElseThrow();
  }

  private static void checkProbabilities(Tensor actual, JsonArray expected, double tolerance) {
    int classes = actual.dim(1);
    for (int n = 0; n < expected.size(); n++) {
      for (int c = 0; c < classes; c++) {
        assertThat((double) actual.data()[n * classes + c])
            .as("probability of image %d, class %d", n, c)
            .isCloseTo(expected.get(n).getAsJsonArray().get(c).getAsDouble(), within(tolerance));
      }
    }
  }

  private static List<String> strings(JsonArray array) {
    return array.asList().stream().map(JsonElement::getAsString).toList();
  }
}
