package io.octnet.saving;

import com.google.gson.JsonElement;
import io.octnet.layers.Add;
import io.octnet.layers.Average;
import io.octnet.layers.Concatenate;
import io.octnet.layers.CustomScaleLayer;
import io.octnet.layers.Dot;
import io.octnet.layers.Layer;
import io.octnet.layers.Maximum;
import io.octnet.layers.Minimum;
import io.octnet.layers.Multiply;
import io.octnet.layers.Subtract;
import java.util.Map;
import java.util.function.Function;

/** Layers that make one tensor of several. */
final class MergingReaders {
  static final Map<String, Function<Attributes, Layer>> ALL =
      Map.of(
          "Add", a -> new Add(),
          "Subtract", a -> new Subtract(),
          "Multiply", a -> new Multiply(),
          "Average", a -> new Average(),
          "Maximum", a -> new Maximum(),
          "Minimum", a -> new Minimum(),
          "Concatenate", MergingReaders::concatenate,
          "Dot", MergingReaders::dot,
          "CustomScaleLayer", a -> new CustomScaleLayer(a.number("scale", 1)));

  private MergingReaders() {}

  private static Layer concatenate(Attributes a) {
    return new Concatenate(axis(a, "axis", a.integer("axis", -1)));
  }

  private static Layer dot(Attributes a) {
    JsonElement axes = a.get("axes");
    int[] both = axes == null ? new int[0] : a.integers("axes", axes);
    if (both.length < 1 || both.length > 2) {
      throw a.refuseValue("axes", "one axis, or two");
    }
    return new Dot(
        axis(a, "axes", both[0]),
        axis(a, "axes", both[both.length - 1]),
        a.truth("normalize", false));
  }

  /** Of an example: Keras counts the batch axis. */
  private static int axis(Attributes a, String name, int axis) {
    if (axis == 0) {
      throw a.refuseValue(name, "an axis other than the batch's");
    }
    return axis > 0 ? axis - 1 : axis;
  }
}
