package io.octnet.saving;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.octnet.saving.LayerEntry.Call;
import io.octnet.saving.LayerEntry.Reference;
import io.octnet.text.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How a configuration says what a layer is applied to, in Keras 2's way and in Keras 3's. */
final class CallReader {
  private static final int DEEPEST = 8;

  private CallReader() {}

  /** {@code {"args": [tensor or list of tensors, ...], "kwargs": {...}}}. */
  static Call keras3(JsonObject node, String layer) {
    List<Reference> inputs = new ArrayList<>();
    List<Double> constants = new ArrayList<>();
    JsonElement args = node.get("args");
    collect(
        Json.array(args, "the arguments of layer '" + layer + "'"), layer, inputs, constants, 0);
    JsonElement kwargs = node.get("kwargs");
    if (kwargs != null && !kwargs.isJsonNull()) {
      checkOptions(Json.object(kwargs, "kwargs of layer '" + layer + "'"), layer);
    }
    return new Call(inputs, constants);
  }

  private static void collect(
      JsonArray args, String layer, List<Reference> inputs, List<Double> constants, int depth) {
    if (depth > DEEPEST) {
      throw new Refusal(Text.format("layer '%s': its arguments are nested too deeply", layer));
    }
    for (JsonElement argument : args) {
      if (argument.isJsonArray()) {
        collect(argument.getAsJsonArray(), layer, inputs, constants, depth + 1);
      } else if (argument.isJsonObject()) {
        inputs.add(tensor(argument.getAsJsonObject(), layer));
        constants.add(null);
      } else if (argument.isJsonPrimitive() && argument.getAsJsonPrimitive().isNumber()) {
        constants.add(Double.parseDouble(argument.getAsString()));
      } else if (!argument.isJsonNull()) {
        throw new Refusal(
            Text.format("layer '%s': is applied to %s, which is not known here", layer, argument));
      }
    }
  }

  private static Reference tensor(JsonObject tensor, String layer) {
    if (!Json.textOr(tensor, "class_name", "").equals("__keras_tensor__")) {
      throw new Refusal(
          Text.format("layer '%s': is applied to something that is no tensor of the model", layer));
    }
    JsonObject config = Json.object(tensor, "config");
    return reference(Json.array(config.get("keras_history"), "keras_history"), layer);
  }

  /** {@code [name, call, tensor]}. */
  static Reference reference(JsonArray history, String layer) {
    boolean named =
        history.size() >= 3
            && history.get(0).isJsonPrimitive()
            && history.get(0).getAsJsonPrimitive().isString();
    if (!named) {
      throw new Refusal(
          Text.format("layer '%s': what it reads is not told as [name, call, tensor]", layer));
    }
    return new Reference(
        history.get(0).getAsString(),
        Json.index(history.get(1), "the number of a call"),
        Json.index(history.get(2), "the number of a tensor"));
  }

  /** {@code [[name, call, tensor, {options}], ...]}; a single one may stand without the list. */
  static Call keras2(JsonArray node, String layer) {
    List<Reference> inputs = new ArrayList<>();
    List<Double> constants = new ArrayList<>();
    boolean single = !node.isEmpty() && node.get(0).isJsonPrimitive();
    for (JsonElement element : single ? List.<JsonElement>of(node) : node.asList()) {
      JsonArray history = Json.array(element, "what layer '" + layer + "' reads");
      inputs.add(reference(history, layer));
      constants.add(null);
      if (history.size() > 3 && history.get(3).isJsonObject()) {
        checkOptions(history.get(3).getAsJsonObject(), layer);
      }
    }
    return new Call(inputs, constants);
  }

  /** Options of a call that leave predictions alone. */
  private static void checkOptions(JsonObject options, String layer) {
    for (Map.Entry<String, JsonElement> option : options.entrySet()) {
      JsonElement value = option.getValue();
      boolean inference = option.getKey().equals("training") && value.toString().equals("false");
      if (!value.isJsonNull() && !inference) {
        throw new Refusal(
            Text.format(
                "layer '%s': is called with %s = %s, which is not known here",
                layer, option.getKey(), value));
      }
    }
  }
}
