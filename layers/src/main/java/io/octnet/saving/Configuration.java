package io.octnet.saving;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.octnet.keras.LayerNames;
import io.octnet.text.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A model's configuration, as JSON. */
final class Configuration {
  /** Classes that are models themselves. */
  static final Set<String> MODELS = Set.of("Sequential", "Functional", "Model");

  /** How many characters; Keras's largest has a twentieth of it. */
  private static final int LONGEST = 16 << 20;

  private static final int MOST_LAYERS = 20_000;

  private static final int DEEPEST = 16;

  private final LayerEntry model;
  private final Dialect dialect;
  private final LayerNames names = new LayerNames();
  private int layers;

  private Configuration(JsonObject model, Dialect dialect) {
    this.dialect = dialect;
    List<LayerEntry> inner = entries(model, "", 0);
    JsonElement config = model.get("config");
    JsonObject own = config.isJsonObject() ? config.getAsJsonObject() : new JsonObject();
    String name = Json.textOr(own, "name", "model");
    this.model = LayerEntry.of(withConfig(model, own), name, name, inner);
  }

  private static JsonObject withConfig(JsonObject model, JsonObject config) {
    JsonObject copy = new JsonObject();
    copy.add("class_name", model.get("class_name"));
    copy.add("config", config);
    return copy;
  }

  /**
   * Parses a configuration.
   *
   * @param version of Keras; null to look for it in the text
   */
  static Configuration parse(String json, String version) {
    if (json.length() > LONGEST) {
      throw new Refusal(
          Text.format("the configuration has %,d characters: refused", json.length()));
    }
    try {
      JsonElement element = JsonParser.parseString(json);
      JsonObject model = Json.object(element, "the configuration");
      String told = version == null ? Json.textOr(model, "keras_version", null) : version;
      String kind = Json.text(model, "class_name");
      if (!MODELS.contains(kind)) {
        throw new Refusal(
            Text.format(
                "is a model of class %s, whose architecture is code, not configuration; build it as a"
                    + " Functional model, and save it again",
                kind));
      }
      return new Configuration(model, Dialect.of(told));
    } catch (JsonParseException | StackOverflowError e) {
      throw new Refusal("the configuration is not JSON, or nested too deeply");
    }
  }

  /** The outermost model. */
  LayerEntry model() {
    return model;
  }

  Dialect dialect() {
    return dialect;
  }

  /** The elements of a model's list of layers; each takes its name within the whole. */
  private List<LayerEntry> entries(JsonObject of, String outer, int depth) {
    if (depth > DEEPEST) {
      throw new Refusal(Text.format("models are nested more than %d deep", DEEPEST));
    }
    List<LayerEntry> entries = new ArrayList<>();
    for (JsonElement element : LayerEntry.layersOf(of)) {
      if (++layers > MOST_LAYERS) {
        throw new Refusal(Text.format("the model has more than %,d layers", MOST_LAYERS));
      }
      JsonObject entry = Json.object(element, "a layer");
      JsonObject config = Json.object(entry, "config");
      String name = Json.textOr(config, "name", Json.textOr(entry, "name", null));
      if (name == null || name.isBlank()) {
        throw new Refusal(
            Text.format("a layer of class %s has no name", Json.text(entry, "class_name")));
      }
      boolean inner = MODELS.contains(Json.text(entry, "class_name"));
      entries.add(
          LayerEntry.of(
              entry,
              name,
              inner ? name : names.unique(outer, name),
              inner ? entries(entry, name, depth + 1) : List.of()));
    }
    return entries;
  }
}
