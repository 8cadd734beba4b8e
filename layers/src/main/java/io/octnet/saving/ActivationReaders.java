package io.octnet.saving;

import com.google.gson.JsonElement;
import io.octnet.layers.Activation;
import io.octnet.layers.ELU;
import io.octnet.layers.Layer;
import io.octnet.layers.LeakyReLU;
import io.octnet.layers.PReLU;
import io.octnet.layers.ReLU;
import io.octnet.layers.Softmax;
import java.util.Map;
import java.util.function.Function;

/** Activations as layers. */
final class ActivationReaders {
  static final Map<String, Function<Attributes, Layer>> ALL =
      Map.of(
          "Activation", a -> new Activation(ActivationReader.read(a)),
          "ReLU", ActivationReaders::relu,
          "LeakyReLU", ActivationReaders::leaky,
          "PReLU", ActivationReaders::parametric,
          "ELU", a -> new ELU(a.number("alpha", 1)),
          "Softmax", ActivationReaders::softmax);

  private ActivationReaders() {}

  private static Layer relu(Attributes a) {
    Double most = a.has("max_value") ? a.number("max_value", 0) : null;
    return new ReLU(a.number("negative_slope", 0), most, a.number("threshold", 0));
  }

  /** Keras 2 called the slope alpha. */
  private static Layer leaky(Attributes a) {
    return new LeakyReLU(a.number("negative_slope", a.number("alpha", 0.3)));
  }

  private static Layer parametric(Attributes a) {
    JsonElement axes = a.get("shared_axes");
    return new PReLU(axes == null ? new int[0] : a.integers("shared_axes", axes));
  }

  private static Layer softmax(Attributes a) {
    a.requireLastAxis("axis", -1);
    return new Softmax();
  }
}
