package io.octnet.saving;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.reflect.TypeToken;
import io.octnet.layers.Dropout;
import io.octnet.layers.Layer;
import io.octnet.layers.Noise;
import io.octnet.layers.PassThrough;
import io.octnet.layers.SpatialDropout2D;
import io.octnet.layers.StochasticDepth;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Layers that act in training alone. */
final class RandomReaders {
  private static final List<String> AUGMENTATIONS =
      List.of(
          "RandomFlip",
          "RandomRotation",
          "RandomZoom",
          "RandomTranslation",
          "RandomContrast",
          "RandomBrightness",
          "RandomErasing",
          "RandomGaussianBlur",
          "RandomGrayscale",
          "RandomHue",
          "RandomSaturation",
          "RandomSharpness",
          "RandomShear",
          "RandomPerspective",
          "RandomElasticTransform",
          "RandomColorJitter",
          "RandomColorDegeneration",
          "RandomPosterization",
          "RandomInvert",
          "ActivityRegularization",
          "Identity");

  static final Map<String, Function<Attributes, Layer>> ALL = all();

  private RandomReaders() {}

  private static Map<String, Function<Attributes, Layer>> all() {
    Map<String, Function<Attributes, Layer>> all = new LinkedHashMap<>();
    all.put("Dropout", RandomReaders::dropout);
    all.put("SpatialDropout2D", a -> new SpatialDropout2D(a.number("rate", 0)));
    all.put("StochasticDepth", a -> new StochasticDepth(a.number("drop_path_rate", 0)));
    all.put("GaussianNoise", a -> new Noise(Noise.Kind.GAUSSIAN_NOISE, a.number("stddev", 0)));
    all.put("GaussianDropout", a -> new Noise(Noise.Kind.GAUSSIAN_DROPOUT, a.number("rate", 0)));
    all.put("AlphaDropout", a -> new Noise(Noise.Kind.ALPHA_DROPOUT, a.number("rate", 0)));
    AUGMENTATIONS.forEach(name -> all.put(name, RandomReaders::passThrough));
    return all;
  }

  private static Layer dropout(Attributes a) {
    Dropout dropout = new Dropout(a.number("rate", 0));
    JsonElement shape = a.get("noise_shape");
    return shape == null ? dropout : dropout.noiseShape(noiseShape(a, shape));
  }

  /** Without the batch axis, which every example must have to itself. */
  private static int[] noiseShape(Attributes a, JsonElement value) {
    JsonArray array = value.isJsonArray() ? value.getAsJsonArray() : new JsonArray();
    if (array.isEmpty() || !array.get(0).isJsonNull()) {
      throw a.refuseValue("noise_shape", "a list that begins with null");
    }
    int[] shape = new int[array.size() - 1];
    for (int i = 0; i < shape.length; i++) {
      JsonElement length = array.get(i + 1);
      boolean one = length.toString().equals("1");
      if (!one && !length.isJsonNull()) {
        throw a.refuseValue("noise_shape", "1 or null for each axis");
      }
      shape[i] = one ? 1 : 0;
    }
    return shape;
  }

  private static Layer passThrough(Attributes a) {
    Map<String, Object> config =
        new Gson()
            .fromJson(a.config(), new TypeToken<LinkedHashMap<String, Object>>() {}.getType());
    List.of("name", "trainable", "dtype").forEach(config::remove);
    return new PassThrough(a.className(), config);
  }
}
