package io.octnet.saving;

import io.octnet.layers.AveragePooling2D;
import io.octnet.layers.GlobalAveragePooling2D;
import io.octnet.layers.GlobalMaxPooling2D;
import io.octnet.layers.Layer;
import io.octnet.layers.MaxPooling2D;
import java.util.Map;
import java.util.function.Function;

/** Poolings. */
final class PoolingReaders {
  static final Map<String, Function<Attributes, Layer>> ALL =
      Map.of(
          "MaxPooling2D",
          PoolingReaders::max,
          "AveragePooling2D",
          PoolingReaders::average,
          "GlobalAveragePooling2D",
          a -> new GlobalAveragePooling2D().keepDims(a.truth("keepdims", false)),
          "GlobalMaxPooling2D",
          a -> new GlobalMaxPooling2D().keepDims(a.truth("keepdims", false)));

  private PoolingReaders() {}

  private static Layer max(Attributes a) {
    int[] pool = a.pair("pool_size", 2);
    int[] strides = a.has("strides") ? a.pair("strides", 0) : pool;
    return new MaxPooling2D(pool[0], pool[1])
        .strides(strides[0], strides[1])
        .padding(ConvolutionReaders.padding(a));
  }

  private static Layer average(Attributes a) {
    int[] pool = a.pair("pool_size", 2);
    int[] strides = a.has("strides") ? a.pair("strides", 0) : pool;
    return new AveragePooling2D(pool[0], pool[1])
        .strides(strides[0], strides[1])
        .padding(ConvolutionReaders.padding(a));
  }
}
