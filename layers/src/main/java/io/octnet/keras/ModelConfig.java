package io.octnet.keras;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The layers of a model's {@code config.json}, in order, by the path that their variables have in
 * the weight file: {@code layers/functional/layers/conv2d_1}.
 */
record ModelConfig(Map<String, Layer> layers) {
  private static final int DEEPEST = 16;

  /** A layer's name, whether training changes it, and its place in the model's order. */
  record Layer(String name, boolean trainable, int place) {}

  /**
   * Reads a configuration.
   *
   * @throws WeightFormatException if it is not one
   */
  static ModelConfig parse(String file, String json) throws WeightFormatException {
    try {
      Map<String, Layer> layers = new LinkedHashMap<>();
      JsonObject model = JsonParser.parseString(json).getAsJsonObject();
      collect(model.getAsJsonObject("config"), "layers", true, layers, 0);
      return new ModelConfig(layers);
    } catch (RuntimeException | StackOverflowError e) {
      throw new WeightFormatException(file, "config.json", "is not the configuration of a model");
    }
  }

  private static void collect(
      JsonObject config, String path, boolean trainable, Map<String, Layer> layers, int depth) {
    if (depth > DEEPEST) {
      throw new IllegalArgumentException("models nested too deeply");
    }
    JsonArray entries = config.getAsJsonArray("layers");
    Map<String, Integer> seen = new HashMap<>();
    for (JsonElement element : entries) {
      JsonObject entry = element.getAsJsonObject();
      JsonObject inner = entry.getAsJsonObject("config");
      String kind = entry.get("class_name").getAsString();
      String snake = KerasNames.snakeCase(kind.substring(kind.lastIndexOf('>') + 1));
      int count = seen.merge(snake, 1, Integer::sum);
      String at = path + "/" + (count == 1 ? snake : snake + "_" + (count - 1));
      boolean own = trainable && (!inner.has("trainable") || inner.get("trainable").getAsBoolean());
      if (inner.has("layers")) {
        collect(inner, at + "/layers", own, layers, depth + 1);
      } else {
        layers.put(at, new Layer(inner.get("name").getAsString(), own, layers.size()));
      }
    }
  }
}
