package io.octnet.saving;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.octnet.tensor.Shape;
import io.octnet.text.Text;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The configuration of one layer, attribute by attribute. What nobody has read at the end is
 * something that is not known here, and refused: ignored, it would be silently wrong.
 */
final class Attributes {
  /** What says nothing about the values that a trained layer computes. */
  private static final Set<String> WITHOUT_MEANING =
      Set.of("name", "trainable", "seed", "batch_input_shape", "batch_shape", "input_dtype");

  private final String layer;
  private final String className;
  private final JsonObject config;
  private final Dialect dialect;
  private final List<Shape> inputs;
  private final Set<String> read = new HashSet<>();

  Attributes(LayerEntry entry, Dialect dialect, List<Shape> inputs) {
    this.layer = entry.name();
    this.className = entry.className();
    this.config = entry.config();
    this.dialect = dialect;
    this.inputs = inputs;
  }

  String className() {
    return className;
  }

  Dialect dialect() {
    return dialect;
  }

  JsonObject config() {
    config.keySet().forEach(read::add);
    return config;
  }

  /** The shapes of the layer's inputs, without the batch axis. */
  List<Shape> inputs() {
    return inputs;
  }

  /** The axes of the first input, the batch's included. */
  int rank() {
    if (inputs.isEmpty()) {
      throw refuse("has no input");
    }
    return inputs.getFirst().rank() + 1;
  }

  Refusal refuse(String format, Object... arguments) {
    return new Refusal(
        Text.format(
            "layer '%s' (%s): %s",
            layer, className, String.format(Locale.ROOT, format, arguments)));
  }

  Refusal refuseValue(String name, String expected) {
    return refuse("%s is %s; expected %s", name, text(config.get(name)), expected);
  }

  private static String text(JsonElement value) {
    String text = String.valueOf(value);
    return text.length() > 60 ? text.substring(0, 60) + "..." : text;
  }

  /** The value; null where the file has none, or null. */
  JsonElement get(String name) {
    read.add(name);
    JsonElement value = config.get(name);
    return value == null || value.isJsonNull() ? null : value;
  }

  boolean has(String name) {
    return get(name) != null;
  }

  int integer(String name, int otherwise) {
    JsonElement value = get(name);
    return value == null ? otherwise : integer(name, value);
  }

  private int integer(String name, JsonElement value) {
    double number = number(name, value);
    if (number != Math.rint(number) || Math.abs(number) > Integer.MAX_VALUE) {
      throw refuseValue(name, "a whole number");
    }
    return (int) number;
  }

  double number(String name, double otherwise) {
    JsonElement value = get(name);
    return value == null ? otherwise : number(name, value);
  }

  private double number(String name, JsonElement value) {
    if (!value.isJsonPrimitive() || !value.getAsJsonPrimitive().isNumber()) {
      throw refuseValue(name, "a number");
    }
    double number = Double.parseDouble(value.getAsString());
    if (!Double.isFinite(number)) {
      throw refuseValue(name, "a finite number");
    }
    return number;
  }

  boolean truth(String name, boolean otherwise) {
    JsonElement value = get(name);
    if (value == null) {
      return otherwise;
    }
    if (!value.isJsonPrimitive() || !value.getAsJsonPrimitive().isBoolean()) {
      throw refuseValue(name, "true or false");
    }
    return value.getAsBoolean();
  }

  String text(String name, String otherwise) {
    JsonElement value = get(name);
    if (value == null) {
      return otherwise;
    }
    if (!value.isJsonPrimitive() || !value.getAsJsonPrimitive().isString()) {
      throw refuseValue(name, "a text");
    }
    return value.getAsString();
  }

  /** A number for each of height and width, or one for both. */
  int[] pair(String name, int otherwise) {
    JsonElement value = get(name);
    if (value == null) {
      return new int[] {otherwise, otherwise};
    }
    if (!value.isJsonArray()) {
      int both = integer(name, value);
      return new int[] {both, both};
    }
    int[] pair = integers(name, value);
    if (pair.length != 2) {
      throw refuseValue(name, "two numbers");
    }
    return pair;
  }

  /** A list of whole numbers, or one. */
  int[] integers(String name, JsonElement value) {
    if (!value.isJsonArray()) {
      return new int[] {integer(name, value)};
    }
    JsonArray array = value.getAsJsonArray();
    int[] numbers = new int[array.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = integer(name, array.get(i));
    }
    return numbers;
  }

  /** A list of numbers, however it is nested, or one; null where there is none. */
  double[] numbers(String name) {
    JsonElement value = get(name);
    if (value == null) {
      return null;
    }
    while (value.isJsonArray()
        && value.getAsJsonArray().size() == 1
        && value.getAsJsonArray().get(0).isJsonArray()) {
      value = value.getAsJsonArray().get(0);
    }
    if (!value.isJsonArray()) {
      return new double[] {number(name, value)};
    }
    JsonArray array = value.getAsJsonArray();
    double[] numbers = new double[array.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = number(name, array.get(i));
    }
    return numbers;
  }

  /** Refuses a layer with an attribute that is set otherwise. */
  void require(String name, boolean expected) {
    if (truth(name, expected) != expected) {
      throw refuse("%s is %s, which is not known here", name, !expected);
    }
  }

  /** Refuses a layer with an attribute that is set at all. */
  void requireNone(String name) {
    if (has(name)) {
      throw refuse("%s is %s, which is not known here", name, text(config.get(name)));
    }
  }

  /** Whether an axis, counted with the batch's, is the last one. */
  void requireLastAxis(String name, int otherwise) {
    JsonElement value = get(name);
    int[] axes = value == null ? new int[] {otherwise} : integers(name, value);
    if (axes.length != 1 || axes[0] != -1 && axes[0] != rank() - 1) {
      throw refuseValue(name, "the last axis");
    }
  }

  /** Refuses what nobody asked for. */
  void refuseRest() {
    if (!text("data_format", "channels_last").equals("channels_last")) {
      throw refuseValue("data_format", "channels_last");
    }
    DataTypes.check(this, get("dtype"));
    for (String name : config.keySet()) {
      boolean known =
          read.contains(name)
              || WITHOUT_MEANING.contains(name)
              || name.endsWith("_initializer")
              || name.endsWith("_regularizer")
              || name.endsWith("_constraint")
              || config.get(name).isJsonNull();
      if (!known) {
        throw refuse("the attribute %s (%s) is not known here", name, text(config.get(name)));
      }
    }
  }
}
