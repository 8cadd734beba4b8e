package io.octnet.saving;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import io.octnet.layers.Cropping2D;
import io.octnet.layers.Flatten;
import io.octnet.layers.Layer;
import io.octnet.layers.Permute;
import io.octnet.layers.Reshape;
import io.octnet.layers.UpSampling2D;
import io.octnet.layers.ZeroPadding2D;
import java.util.Map;
import java.util.function.Function;

/** Layers that change shapes. */
final class ShapingReaders {
  static final Map<String, Function<Attributes, Layer>> ALL =
      Map.of(
          "Flatten", a -> new Flatten(),
          "Reshape", ShapingReaders::reshape,
          "Permute", ShapingReaders::permute,
          "ZeroPadding2D", ShapingReaders::padding,
          "Cropping2D", ShapingReaders::cropping,
          "UpSampling2D", ShapingReaders::upSampling);

  private ShapingReaders() {}

  private static int[] required(Attributes a, String name) {
    JsonElement value = a.get(name);
    if (value == null) {
      throw a.refuseValue(name, "a list of numbers");
    }
    return a.integers(name, value);
  }

  private static Layer reshape(Attributes a) {
    return new Reshape(required(a, "target_shape"));
  }

  private static Layer permute(Attributes a) {
    return new Permute(required(a, "dims"));
  }

  private static Layer padding(Attributes a) {
    int[] sides = sides(a, "padding", 1);
    return new ZeroPadding2D(sides[0], sides[1], sides[2], sides[3]);
  }

  private static Layer cropping(Attributes a) {
    int[] sides = sides(a, "cropping", 0);
    return new Cropping2D(sides[0], sides[1], sides[2], sides[3]);
  }

  /** One number, one for each axis, or two for each: top, bottom, left, right. */
  private static int[] sides(Attributes a, String name, int otherwise) {
    JsonElement value = a.get(name);
    boolean nested =
        value != null
            && value.isJsonArray()
            && value.getAsJsonArray().size() == 2
            && value.getAsJsonArray().get(0).isJsonArray();
    if (!nested) {
      int[] pair = a.pair(name, otherwise);
      return new int[] {pair[0], pair[0], pair[1], pair[1]};
    }
    JsonArray axes = value.getAsJsonArray();
    int[] vertical = a.integers(name, axes.get(0));
    int[] horizontal = a.integers(name, axes.get(1));
    if (vertical.length != 2 || horizontal.length != 2) {
      throw a.refuseValue(name, "two numbers for each axis");
    }
    return new int[] {vertical[0], vertical[1], horizontal[0], horizontal[1]};
  }

  private static Layer upSampling(Attributes a) {
    int[] size = a.pair("size", 2);
    String interpolation = a.text("interpolation", "nearest");
    if (!interpolation.equals("nearest") && !interpolation.equals("bilinear")) {
      throw a.refuseValue("interpolation", "nearest or bilinear");
    }
    return new UpSampling2D(size[0], size[1], interpolation.equals("bilinear"));
  }
}
