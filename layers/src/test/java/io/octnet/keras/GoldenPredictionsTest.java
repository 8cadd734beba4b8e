package io.octnet.keras;

import static io.octnet.layers.ActivationFunction.RELU;
import static io.octnet.layers.ActivationFunction.SOFTMAX;
import static org.assertj.core.api.Assertions.assertThat;

import io.octnet.layers.Activation;
import io.octnet.layers.Add;
import io.octnet.layers.AveragePooling2D;
import io.octnet.layers.BatchNormalization;
import io.octnet.layers.Concatenate;
import io.octnet.layers.Conv2D;
import io.octnet.layers.Dense;
import io.octnet.layers.Dropout;
import io.octnet.layers.Flatten;
import io.octnet.layers.GlobalMaxPooling2D;
import io.octnet.layers.InputLayer;
import io.octnet.layers.MaxPooling2D;
import io.octnet.layers.Symbol;
import io.octnet.layers.ZeroPadding2D;
import io.octnet.models.Model;
import io.octnet.models.WeightFiles;
import io.octnet.ops.Padding;
import io.octnet.testing.Golden;
import io.octnet.zoo.Network;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Models with the weights of every file predict what Keras predicts. */
class GoldenPredictionsTest {
  private static final double TIMES_KERAS_OWN_ERROR = 4;

  private static final Map<String, Supplier<Model>> MODELS =
      Map.of(
          "cnn3", () -> Network.CNN3.article(32, 32, 4),
          "kinds", GoldenPredictionsTest::kinds,
          "nested", GoldenPredictionsTest::nested);

  @TestFactory
  Stream<DynamicTest> everyFileGivesTheExpectedPredictions() throws IOException {
    Path folder = Golden.folder("formats");
    Map<String, Double> tolerances = new HashMap<>();
    for (String line : Files.readAllLines(folder.resolve("tolerances.tsv"))) {
      String[] row = line.split("\t");
      if (!row[0].equals("model")) {
        tolerances.put(row[1], Double.parseDouble(row[2]));
      }
    }
    List<DynamicTest> tests = new ArrayList<>();
    for (String model : MODELS.keySet()) {
      for (Path file : GoldenFormatsTest.files(folder, model + "_")) {
        String expected = expected(model, file.getFileName().toString());
        tests.add(
            DynamicTest.dynamicTest(
                file.getFileName().toString(),
                () -> compare(model, file, expected, tolerances.get(expected))));
      }
    }
    return tests.stream();
  }

  private static String expected(String model, String file) {
    if (file.contains("adam")) {
      return file.substring(0, file.lastIndexOf('.')) + ".expected.npy";
    }
    return model.equals("cnn3") ? "expected.npy" : model + ".expected.npy";
  }

  private static void compare(String name, Path file, String expected, double keras)
      throws IOException {
    Model model = MODELS.get(name).get();
    WeightFiles.load(model, file);
    float[] actual = model.predict(Golden.npy(file.resolveSibling("input.npy")).tensor()).data();
    float[] wanted = Golden.npy(file.resolveSibling(expected)).floats();
    double difference = 0;
    for (int i = 0; i < wanted.length; i++) {
      difference = Math.max(difference, Math.abs(actual[i] - wanted[i]));
    }
    assertThat(difference).isLessThanOrEqualTo(TIMES_KERAS_OWN_ERROR * keras);
  }

  private static Symbol norm(Symbol x) {
    return new BatchNormalization().epsilon(1.001e-5).apply(x);
  }

  private static Symbol backbone(Symbol x) {
    Symbol y = new Conv2D(8, 7).strides(2).useBias(false).apply(new ZeroPadding2D(3).apply(x));
    y = new ZeroPadding2D(1).apply(new Activation(RELU).apply(norm(y)));
    y = new MaxPooling2D(3).strides(2).apply(y);
    Symbol z = new Add().apply(y, norm(new Conv2D(8, 1).apply(y)));
    z = new Activation(RELU).apply(z);
    Symbol w = new Conv2D(4, 3).padding(Padding.SAME).useBias(false).apply(z);
    return new AveragePooling2D(2).apply(new Concatenate().apply(z, w));
  }

  private static Model nested() {
    Symbol y = new Flatten().apply(backbone(InputLayer.input(32, 32, 3)));
    return Model.of("nested", new Dense(4).activation(SOFTMAX).apply(y));
  }

  private static Model kinds() {
    Symbol y = backbone(InputLayer.input(32, 32, 3));
    Symbol a = new GlobalMaxPooling2D().apply(y);
    Symbol b = new Dense(16).activation(RELU).apply(new Flatten().apply(y));
    b = new Dropout(0.5).apply(new BatchNormalization().apply(b));
    return Model.of("kinds", new Dense(4).activation(SOFTMAX).apply(new Concatenate().apply(a, b)));
  }
}
