package io.octnet.saving;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Set;

/**
 * The type of numbers that a layer computes with. Ours is float32; what Keras computes in less,
 * with weights in float32, comes out more exactly here.
 */
final class DataTypes {
  private static final Set<String> KNOWN = Set.of("float32", "mixed_float16", "mixed_bfloat16");

  private DataTypes() {}

  static void check(Attributes attributes, JsonElement dtype) {
    if (dtype == null) {
      return;
    }
    String name = name(dtype);
    if (name != null && !KNOWN.contains(name)) {
      throw attributes.refuse(
          "dtype is %s; expected one of %s", name, KNOWN.stream().sorted().toList());
    }
    if (name == null) {
      throw attributes.refuseValue("dtype", "float32");
    }
  }

  /** {@code "float32"}, or a policy whose configuration has that name. */
  private static String name(JsonElement dtype) {
    JsonElement value = dtype;
    if (value.isJsonObject()) {
      JsonObject policy = value.getAsJsonObject();
      String kind = policy.has("class_name") ? policy.get("class_name").toString() : "";
      JsonElement config = policy.get("config");
      if (!Set.of("\"DTypePolicy\"", "\"Policy\"").contains(kind)
          || config == null
          || !config.isJsonObject()) {
        return null;
      }
      value = config.getAsJsonObject().get("name");
    }
    return value != null && value.isJsonPrimitive() ? value.getAsString() : null;
  }
}
