package io.octnet.saving;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.octnet.text.Text;

/** Elements of a configuration, refused where they are of another kind. */
final class Json {
  private Json() {}

  static JsonObject object(JsonObject parent, String name) {
    JsonElement value = parent.get(name);
    if (value == null || !value.isJsonObject()) {
      throw new Refusal(
          Text.format("the configuration has no object '%s' where one must be", name));
    }
    return value.getAsJsonObject();
  }

  static JsonObject object(JsonElement value, String what) {
    if (value == null || !value.isJsonObject()) {
      throw new Refusal(Text.format("%s must be an object", what));
    }
    return value.getAsJsonObject();
  }

  static JsonArray array(JsonElement value, String what) {
    if (value == null || !value.isJsonArray()) {
      throw new Refusal(Text.format("%s must be a list", what));
    }
    return value.getAsJsonArray();
  }

  static String text(JsonObject parent, String name) {
    String text = textOr(parent, name, null);
    if (text == null) {
      throw new Refusal(Text.format("the configuration has no text '%s' where one must be", name));
    }
    return text;
  }

  static String textOr(JsonObject parent, String name, String otherwise) {
    JsonElement value = parent.get(name);
    if (value == null || value.isJsonNull()) {
      return otherwise;
    }
    if (!value.isJsonPrimitive() || !value.getAsJsonPrimitive().isString()) {
      throw new Refusal(Text.format("'%s' must be a text", name));
    }
    return value.getAsString();
  }

  static int index(JsonElement value, String what) {
    boolean number =
        value != null && value.isJsonPrimitive() && value.getAsJsonPrimitive().isNumber();
    double index = number ? Double.parseDouble(value.getAsString()) : -1;
    if (!(index >= 0 && index <= 1_000_000 && index == Math.rint(index))) {
      throw new Refusal(Text.format("%s must be a small whole number", what));
    }
    return (int) index;
  }
}
