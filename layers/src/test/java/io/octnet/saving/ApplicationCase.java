package io.octnet.saving;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.octnet.layers.Layer;
import io.octnet.layers.Parameter;
import io.octnet.models.Model;
import io.octnet.tensor.Npy;
import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;
import io.octnet.testing.Golden;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * One model of {@code golden/applications}: a configuration, and weights and inputs by a formula.
 *
 * @param kerasError the error of Keras's own float32, relative to the largest value
 */
record ApplicationCase(
    Path folder, String name, int[] input, double scale, long parameters, double kerasError) {
  private static final int BATCH = 2;
  private static final double LEAST_BOUND = 2e-6;

  static List<ApplicationCase> all() throws IOException {
    Path folder = Golden.folder("applications");
    return Files.readAllLines(folder.resolve("cases.tsv")).stream()
        .map(line -> line.split("\t"))
        .map(
            cells ->
                new ApplicationCase(
                    folder,
                    cells[0],
                    java.util.Arrays.stream(cells[1].split("x"))
                        .mapToInt(Integer::parseInt)
                        .toArray(),
                    Double.parseDouble(cells[2]),
                    Long.parseLong(cells[4]),
                    Double.parseDouble(cells[5])))
        .toList();
  }

  String json() throws IOException {
    try (GZIPInputStream in =
        new GZIPInputStream(Files.newInputStream(folder.resolve(name + ".json.gz")))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** The model with the formula's weights. */
  Model model() throws IOException {
    String json = json();
    Model model = KerasModels.fromJson(name, json);
    List<String> names = new ArrayList<>();
    collect(JsonParser.parseString(json).getAsJsonObject(), names);
    List<String> present = model.layers().stream().map(Layer::name).toList();
    long number = 0;
    for (String layer : names) {
      if (present.contains(layer)) { // inputs of inner models are not
        for (Parameter parameter : model.layer(layer).parameters()) {
          fill(parameter, number++);
        }
      }
    }
    return model;
  }

  /** The layers as the configuration lists them: Keras's order of weights. */
  private static void collect(JsonObject model, List<String> names) {
    for (JsonElement element : model.getAsJsonObject("config").getAsJsonArray("layers")) {
      JsonObject config = element.getAsJsonObject().getAsJsonObject("config");
      if (config.has("layers")) {
        collect(element.getAsJsonObject(), names);
      } else {
        names.add(config.get("name").getAsString());
      }
    }
  }

  private static void fill(Parameter parameter, long number) {
    float[] values = new float[parameter.shape().size()];
    double[] form = form(parameter);
    for (int k = 0; k < values.length; k++) {
      values[k] = (float) (form[0] + form[1] * uniform(number * 1_000_003, k));
    }
    parameter.adopt(values);
  }

  /** The constant, and the factor of the uniform number. */
  private static double[] form(Parameter parameter) {
    int[] shape = parameter.shape().toArray();
    long size = parameter.shape().size();
    return switch (parameter.name()) {
      case "kernel", "pointwise_kernel" ->
          new double[] {0, Math.sqrt(6.0 / (size / shape[shape.length - 1])) * 0.9};
      case "depthwise_kernel" -> new double[] {0, Math.sqrt(6.0 / (shape[0] * shape[1])) * 0.9};
      case "gamma" -> new double[] {1, 0.2};
      case "moving_variance", "variance" -> new double[] {1, 0.3};
      case "beta", "bias", "moving_mean", "mean" -> new double[] {0, 0.1};
      case "count" -> new double[] {0, 0};
      default -> new double[] {0, 0.5};
    };
  }

  static double uniform(long seed, long k) {
    long z = (k + seed) * 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    z = z ^ (z >>> 31);
    return (z >>> 11) / 0x1p52 - 1;
  }

  Tensor x() {
    Shape shape = Shape.of(BATCH, input[0], input[1], input[2]);
    float[] values = new float[shape.size()];
    for (int k = 0; k < values.length; k++) {
      values[k] = (float) ((uniform(77, k) + 1) * 127.5) * (float) scale;
    }
    return Tensor.of(shape, values);
  }

  double bound() {
    return Math.max(4 * kerasError, LEAST_BOUND);
  }

  /** The largest difference from Keras's float64, relative to the largest value. */
  double difference(float[] y) {
    Npy npy = Golden.npy(folder.resolve(name + ".expected64.npy"));
    double[] expected = npy.doubles();
    double most = 0;
    double worst = y.length == expected.length ? 0 : Double.POSITIVE_INFINITY;
    for (int i = 0; i < expected.length && i < y.length; i++) {
      most = Math.max(most, Math.abs(expected[i]));
      double difference = Math.abs(y[i] - expected[i]);
      worst = Double.isNaN(difference) ? Double.POSITIVE_INFINITY : Math.max(worst, difference);
    }
    return worst / most;
  }

  @Override
  public String toString() {
    return name;
  }
}
