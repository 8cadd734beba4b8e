package io.octnet.saving;

import com.google.gson.JsonElement;
import io.octnet.layers.BatchNormalization;
import io.octnet.layers.GroupNormalization;
import io.octnet.layers.Layer;
import io.octnet.layers.LayerNormalization;
import io.octnet.layers.LayerScale;
import io.octnet.layers.Normalization;
import io.octnet.layers.Rescaling;
import io.octnet.layers.UnitNormalization;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;

/** Norms, and what scales pixels. */
final class NormalizationReaders {
  static final Map<String, Function<Attributes, Layer>> ALL =
      Map.of(
          "BatchNormalization", NormalizationReaders::batch,
          "LayerNormalization", NormalizationReaders::layer,
          "GroupNormalization", NormalizationReaders::group,
          "UnitNormalization", NormalizationReaders::unit,
          "Rescaling", NormalizationReaders::rescaling,
          "Normalization", NormalizationReaders::normalization,
          "LayerScale", NormalizationReaders::layerScale);

  private NormalizationReaders() {}

  private static double epsilon(Attributes a) {
    double epsilon = a.number("epsilon", 1e-3);
    if (epsilon < 0) {
      throw a.refuseValue("epsilon", "0 or more");
    }
    return epsilon;
  }

  private static Layer batch(Attributes a) {
    a.requireLastAxis("axis", -1);
    a.require("renorm", false);
    a.requireNone("renorm_clipping");
    a.number("renorm_momentum", 0.99);
    a.truth("synchronized", false);
    a.truth("fused", false);
    a.requireNone("virtual_batch_size");
    return new BatchNormalization()
        .momentum(a.number("momentum", 0.99))
        .epsilon(epsilon(a))
        .scale(a.truth("scale", true))
        .center(a.truth("center", true));
  }

  private static Layer layer(Attributes a) {
    a.require("rms_scaling", false);
    JsonElement axis = a.get("axis");
    int[] axes = axis == null ? new int[] {-1} : a.integers("axis", axis);
    int rank = a.rank();
    for (int i = 0; i < axes.length; i++) {
      axes[i] = axes[i] < 0 ? axes[i] + rank : axes[i];
    }
    Arrays.sort(axes);
    for (int i = 0; i < axes.length; i++) {
      if (axes[i] != rank - axes.length + i) {
        throw a.refuseValue("axis", "the last axes");
      }
    }
    return new LayerNormalization(axes.length)
        .epsilon(epsilon(a))
        .scale(a.truth("scale", true))
        .center(a.truth("center", true));
  }

  private static Layer group(Attributes a) {
    a.requireLastAxis("axis", -1);
    return new GroupNormalization(a.integer("groups", 32))
        .epsilon(epsilon(a))
        .scale(a.truth("scale", true))
        .center(a.truth("center", true));
  }

  private static Layer unit(Attributes a) {
    a.requireLastAxis("axis", -1);
    return new UnitNormalization();
  }

  private static Layer rescaling(Attributes a) {
    double[] scale = a.numbers("scale");
    double[] offset = a.numbers("offset");
    if (scale == null) {
      throw a.refuseValue("scale", "a number");
    }
    return new Rescaling(scale, offset == null ? new double[1] : offset);
  }

  private static Layer normalization(Attributes a) {
    boolean perChannel = a.has("axis") && a.integers("axis", a.get("axis")).length > 0;
    if (perChannel) {
      a.requireLastAxis("axis", -1);
    }
    return new Normalization(
        perChannel, a.truth("invert", false), a.numbers("mean"), a.numbers("variance"));
  }

  private static Layer layerScale(Attributes a) {
    return new LayerScale(a.number("init_values", 1e-6), a.integer("projection_dim", 0));
  }
}
