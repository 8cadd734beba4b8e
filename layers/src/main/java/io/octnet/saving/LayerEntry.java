package io.octnet.saving;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.octnet.text.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One element of a model's list of layers.
 *
 * @param name within its model
 * @param unique the name within the whole of nested models
 * @param className Keras's, without a package
 * @param operation whether it is one of Keras 3's plain operations, such as {@code x + y}
 * @param config its configuration
 * @param calls how it is applied, once for each time; none for inputs, and in a Sequential
 * @param inner the layers of a model
 */
record LayerEntry(
    String name,
    String unique,
    String className,
    boolean operation,
    JsonObject config,
    List<Call> calls,
    List<LayerEntry> inner) {

  /**
   * One application.
   *
   * @param inputs what it is applied to
   * @param constants numbers among its arguments, at their places; null for tensors
   */
  record Call(List<Reference> inputs, List<Double> constants) {}

  /** The tensor of a layer's n-th application. */
  record Reference(String layer, int call, int tensor) {}

  boolean isModel() {
    return Configuration.MODELS.contains(className);
  }

  Refusal refuse(String format, Object... arguments) {
    return new Refusal(
        Text.format(
            "layer '%s' (%s): %s", name, className, String.format(Locale.ROOT, format, arguments)));
  }

  /** Reads an element, whose own layers, if it is a model, are known already. */
  static LayerEntry of(JsonObject entry, String name, String unique, List<LayerEntry> inner) {
    String className = Json.text(entry, "class_name");
    String module = Json.textOr(entry, "module", "keras");
    String registered = Json.textOr(entry, "registered_name", "");
    JsonObject config = Json.object(entry, "config");
    boolean operation = module.startsWith("keras.src.ops") || module.startsWith("keras.ops");
    boolean ofKeras =
        module.equals("keras")
            || module.startsWith("keras.")
            || module.startsWith("tf_keras")
            || module.startsWith("tensorflow.");
    if (!ofKeras || registered.contains(">")) {
      throw new Refusal(
          Text.format(
              "layer '%s' (%s): is a class of %s, not of Keras, and its code is not in the file;"
                  + " replace it by layers of Keras's own, and save the model again",
              name, className, ofKeras ? registered : module));
    }
    return new LayerEntry(name, unique, className, operation, config, calls(entry, name), inner);
  }

  private static List<Call> calls(JsonObject entry, String name) {
    JsonElement nodes = entry.get("inbound_nodes");
    if (nodes == null || nodes.isJsonNull()) {
      return List.of();
    }
    List<Call> calls = new ArrayList<>();
    for (JsonElement node : Json.array(nodes, "inbound_nodes of " + name)) {
      calls.add(
          node.isJsonObject()
              ? CallReader.keras3(node.getAsJsonObject(), name)
              : CallReader.keras2(Json.array(node, "a node of " + name), name));
    }
    return calls;
  }

  /** The list of layers of a model's configuration; old Sequentials are that list. */
  static JsonArray layersOf(JsonObject model) {
    JsonElement config = model.get("config");
    if (config != null && config.isJsonArray()) {
      return config.getAsJsonArray();
    }
    return Json.array(Json.object(model, "config").get("layers"), "layers");
  }
}
