package io.octnet.optimizers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.octnet.layers.Parameter;
import io.octnet.layers.TestWeights;
import io.octnet.tensor.Npy;
import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;
import io.octnet.testing.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The optimizer cases of golden/ops: two variables, six steps, every change as Keras's. */
class GoldenOptimizersTest {

  @TestFactory
  List<DynamicTest> everyCase() throws IOException {
    Path folder = Golden.folder("ops");
    try (Stream<Path> cases = Files.list(folder)) {
      List<DynamicTest> tests =
          cases
              .filter(c -> c.getFileName().toString().startsWith("optimizer_"))
              .sorted()
              .map(c -> DynamicTest.dynamicTest(c.getFileName().toString(), () -> replay(c)))
              .toList();
      assertThat(tests).isNotEmpty();
      return tests;
    }
  }

  private static void replay(Path folder) throws IOException {
    JsonObject parameters =
        JsonParser.parseString(Files.readString(folder.resolve("case.json")))
            .getAsJsonObject()
            .getAsJsonObject("parameters");
    Optimizer optimizer = optimizer(parameters);
    Npy a = Golden.npy(folder.resolve("a.npy"));
    Npy b = Golden.npy(folder.resolve("b.npy"));
    float[] da = Golden.npy(folder.resolve("da.npy")).floats();
    float[] db = Golden.npy(folder.resolve("db.npy")).floats();
    double[] aChange = Golden.npy(folder.resolve("aChange.npy")).doubles();
    double[] bChange = Golden.npy(folder.resolve("bChange.npy")).doubles();
    int na = a.size() / a.dims()[0];
    int nb = b.size() / b.dims()[0];
    float[] aStart = part(a.floats(), 0, na);
    float[] bStart = part(b.floats(), 0, nb);
    Parameter first = TestWeights.of("a", aStart);
    Parameter second = TestWeights.of("b", bStart);
    for (int step = 0; step < a.dims()[0] - 1; step++) {
      first.tensor().setGrad(gradient(da, step, na));
      second.tensor().setGrad(gradient(db, step, nb));
      optimizer.step(List.of(first, second));
      check("a", step, first, aStart, part(aChange, (step + 1) * na, na));
      check("b", step, second, bStart, part(bChange, (step + 1) * nb, nb));
    }
  }

  private static Optimizer optimizer(JsonObject p) {
    double rate = p.get("learning_rate").getAsDouble();
    Optimizer optimizer =
        switch (p.get("optimizer").getAsString()) {
          case "adam" -> new Adam(rate);
          case "sgd" ->
              new SGD(
                  rate,
                  p.has("momentum") ? p.get("momentum").getAsDouble() : 0,
                  p.has("nesterov") && p.get("nesterov").getAsBoolean());
          default -> throw new IllegalArgumentException(p.toString());
        };
    if (p.has("clipnorm")) {
      optimizer.clipNorm(p.get("clipnorm").getAsDouble());
    }
    if (p.has("global_clipnorm")) {
      optimizer.globalClipNorm(p.get("global_clipnorm").getAsDouble());
    }
    return optimizer;
  }

  private static Tensor gradient(float[] all, int step, int n) {
    return Tensor.of(Shape.of(n), part(all, step * n, n));
  }

  private static void check(
      String name, int step, Parameter parameter, float[] start, double[] change) {
    float[] now = parameter.tensor().data();
    for (int i = 0; i < now.length; i++) {
      double rounding = (step + 1) * 0x1p-24 * Math.abs(start[i]); // of the weight, each step
      double tolerance = 2e-5 * Math.abs(change[i]) + 1e-7 * Math.abs(start[i]) + rounding;
      assertThat((double) now[i] - start[i])
          .as("%s[%d] after step %d", name, i, step)
          .isCloseTo(change[i], within(Math.max(tolerance, 1e-30)));
    }
  }

  private static float[] part(float[] all, int from, int n) {
    return Arrays.copyOfRange(all, from, from + n);
  }

  private static double[] part(double[] all, int from, int n) {
    return Arrays.copyOfRange(all, from, from + n);
  }
}
