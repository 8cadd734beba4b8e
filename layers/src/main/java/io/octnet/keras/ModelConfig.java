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

  /** Where a list of layers is: its path, its model, whether that is trained, how deep it is. */
  private record Place(String path, String model, boolean trainable, int depth) {}

  /** The version of Keras that a {@code metadata.json} tells; null if it does not. */
  static String version(String metadata) {
    try {
      JsonElement version = JsonParser.parseString(metadata).getAsJsonObject().get("keras_version");
      return version == null ? null : version.getAsString();
    } catch (RuntimeException | StackOverflowError e) {
      return null;
    }
  }

  /**
   * Reads a configuration.
   *
   * @throws WeightFormatException if it is not one
   */
  static ModelConfig parse(String file, String json) throws WeightFormatException {
    try {
      Map<String, Layer> layers = new LinkedHashMap<>();
      JsonObject model = JsonParser.parseString(json).getAsJsonObject();
      collect(
          model.getAsJsonObject("config"),
          new Place("layers", "", true, 0),
          layers,
          new LayerNames());
      return new ModelConfig(layers);
    } catch (RuntimeException | StackOverflowError e) {
      throw new WeightFormatException(file, "config.json", "is not the configuration of a model");
    }
  }

  private static void collect(
      JsonObject config, Place place, Map<String, Layer> layers, LayerNames names) {
    if (place.depth > DEEPEST) {
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
      String at = place.path + "/" + (count == 1 ? snake : snake + "_" + (count - 1));
      boolean own =
          place.trainable && (!inner.has("trainable") || inner.get("trainable").getAsBoolean());
      if (inner.has("layers")) {
        String model = inner.get("name").getAsString();
        collect(inner, new Place(at + "/layers", model, own, place.depth + 1), layers, names);
      } else {
        String name = names.unique(place.model, inner.get("name").getAsString());
        layers.put(at, new Layer(name, own, layers.size()));
      }
    }
  }
}
