package io.octnet.ops;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.octnet.compute.ConvGeometry;
import io.octnet.tensor.Tensor;
import io.octnet.testing.Golden;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One folder of golden/ops: an op, its parameters, its inputs, and what Keras computed. */
final class GoldenOp {
  final String op;
  private final Path folder;
  private final JsonObject description;
  private final JsonObject parameters;
  private final Map<String, Tensor> inputs = new LinkedHashMap<>();

  GoldenOp(Path folder) {
    this.folder = folder;
    try {
      description =
          JsonParser.parseString(Files.readString(folder.resolve("case.json"))).getAsJsonObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    op = description.get("op").getAsString();
    parameters = description.getAsJsonObject("parameters");
    if (description.has("inputs")) {
      for (JsonElement name : description.getAsJsonArray("inputs")) {
        inputs.put(name.getAsString(), array(name.getAsString()));
      }
    }
  }

  /** An array of the case. */
  Tensor array(String name) {
    return Golden.npy(folder.resolve(name + ".npy")).tensor();
  }

  String outputGradient() {
    return description.get("outputGradient").getAsString();
  }

  /** The names of the gradients, {@code d} and the name of an input. */
  List<String> gradients() {
    return description.getAsJsonArray("gradients").asList().stream()
        .map(JsonElement::getAsString)
        .toList();
  }

  /** An input; null if the case has none of that name. */
  Tensor input(String name) {
    return inputs.get(name);
  }

  /** The op on the inputs. */
  Tensor run() {
    Tensor x = input("x");
    return switch (op) {
      case "conv2d" -> Conv2d.conv2d(x, input("kernel"), input("bias"), convolution(), false);
      case "dense" -> Dense.dense(x, input("kernel"), input("bias"), false);
      case "max_pool" -> MaxPool2d.maxPool2d(x, integer("poolSize"), integer("strides"), padding());
      case "zero_padding+max_pool" -> {
        int border = integer("zeroPadding");
        Tensor padded = ZeroPadding2d.zeroPadding2d(x, border, border, border, border);
        yield MaxPool2d.maxPool2d(padded, integer("poolSize"), integer("strides"), padding());
      }
      case "average_pool" ->
          AveragePool2d.averagePool2d(x, integer("poolSize"), integer("strides"), padding());
      case "global_average_pool" -> GlobalAveragePool.globalAveragePool(x);
      case "global_max_pool" -> GlobalMaxPool.globalMaxPool(x);
      case "batch_norm_training" ->
          BatchNorm.training(x, input("gamma"), input("beta"), number("epsilon"), null, false);
      case "batch_norm_inference" ->
          BatchNorm.inference(
              x,
              input("gamma"),
              input("beta"),
              input("movingMean"),
              input("movingVariance"),
              number("epsilon"),
              false);
      case "relu" -> Relu.relu(x);
      case "softmax" -> Softmax.softmax(x);
      case "log_softmax" -> LogSoftmax.logSoftmax(x);
      case "add" -> Add.add(input("a"), input("b"));
      case "concatenate" ->
          Concatenate.concatenate(integer("axis"), inputs.values().toArray(new Tensor[0]));
      case "zero_padding" -> {
        int[] vertical = integers("topBottom");
        int[] horizontal = integers("leftRight");
        yield ZeroPadding2d.zeroPadding2d(
            x, vertical[0], vertical[1], horizontal[0], horizontal[1]);
      }
      case "flatten" -> Reshape.flatten(x);
      case "l2_penalty" -> L2.l2(input("w"), (float) number("factor"));
      case "softmax_cross_entropy" -> SoftmaxCrossEntropy.softmaxCrossEntropy(x, targets());
      case "categorical_cross_entropy" -> CrossEntropy.crossEntropy(x, targets());
      default -> throw new IllegalStateException("no op is known for golden case '" + op + "'");
    };
  }

  private ConvGeometry convolution() {
    int dilation = integer("dilation");
    return Conv2d.geometry(
        input("x"),
        input("kernel"),
        integers("strides"),
        new int[] {dilation, dilation},
        padding());
  }

  /** Whether a back-end may choose Winograd's algorithm: 3x3, stride 1, no dilation. */
  boolean isServedByWinograd() {
    if (!op.equals("conv2d")) {
      return false;
    }
    ConvGeometry g = convolution();
    return g.kernelHeight() == 3
        && g.kernelWidth() == 3
        && g.strideHeight() == 1
        && g.strideWidth() == 1
        && g.dilationHeight() == 1
        && g.dilationWidth() == 1;
  }

  private Targets targets() {
    Targets targets =
        Targets.of(input("target")).smoothed(parameters.get("labelSmoothing").getAsFloat());
    Tensor weights = input("sampleWeight");
    return weights == null ? targets : targets.weighted(weights.data());
  }

  private Padding padding() {
    return switch (parameters.get("padding").getAsString()) {
      case "same" -> Padding.SAME;
      case "valid" -> Padding.VALID;
      default -> throw new IllegalStateException("unknown padding in " + folder);
    };
  }

  double number(String name) {
    return parameters.get(name).getAsDouble();
  }

  private int integer(String name) {
    return parameters.get(name).getAsInt();
  }

  private int[] integers(String name) {
    JsonArray array = parameters.getAsJsonArray(name);
    int[] values = new int[array.size()];
    Iterator<JsonElement> elements = array.iterator();
    for (int i = 0; i < values.length; i++) {
      values[i] = elements.next().getAsInt();
    }
    return values;
  }
}
