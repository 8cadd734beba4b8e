package io.octnet.saving;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.octnet.layers.ActivationFunction;

/** An activation as an attribute: its name, or the object that Keras makes of a function. */
final class ActivationReader {
  private ActivationReader() {}

  static ActivationFunction read(Attributes a) {
    JsonElement value = a.get("activation");
    if (value == null) {
      return ActivationFunction.LINEAR;
    }
    String id = id(value);
    if (id == null) {
      throw a.refuseValue("activation", "the name of a function");
    }
    if (id.equals("hard_sigmoid") && a.dialect() == Dialect.KERAS2) {
      return ActivationFunction.HARD_SIGMOID_KERAS2;
    }
    return ActivationFunction.named(id)
        .filter(function -> function != ActivationFunction.HARD_SIGMOID_KERAS2)
        .orElseThrow(
            () -> a.refuse("the activation %s is not known here", id.length() > 60 ? "" : id));
  }

  /** {@code "relu"}, or {@code {"class_name": "function", "config": "relu"}}. */
  private static String id(JsonElement value) {
    JsonElement name = value;
    if (value.isJsonObject()) {
      JsonObject function = value.getAsJsonObject();
      if (!Json.textOr(function, "class_name", "").equals("function")
          || Json.textOr(function, "registered_name", "").contains(">")) {
        return null;
      }
      name = function.get("config");
    }
    boolean text = name != null && name.isJsonPrimitive() && name.getAsJsonPrimitive().isString();
    return text ? name.getAsString() : null;
  }
}
