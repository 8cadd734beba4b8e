package io.octnet.saving;

import io.octnet.layers.Layer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** Makes a layer of its configuration: by its class, and with nothing of it ignored. */
final class LayerReader {
  private static final Set<String> RECURRENT =
      Set.of("LSTM", "GRU", "SimpleRNN", "RNN", "Bidirectional", "ConvLSTM2D", "TimeDistributed");

  private static final List<Map<String, Function<Attributes, Layer>>> KINDS =
      List.of(
          ConvolutionReaders.ALL,
          PoolingReaders.ALL,
          NormalizationReaders.ALL,
          ActivationReaders.ALL,
          MergingReaders.ALL,
          ShapingReaders.ALL,
          RandomReaders.ALL);

  private LayerReader() {}

  /** Reads a layer that will be applied to inputs of known shapes. */
  static Layer read(Attributes a) {
    for (Map<String, Function<Attributes, Layer>> kind : KINDS) {
      Function<Attributes, Layer> reader = kind.get(a.className());
      if (reader != null) {
        return checked(a, reader);
      }
    }
    throw a.refuse("%s", unknown(a.className()));
  }

  private static Layer checked(Attributes a, Function<Attributes, Layer> reader) {
    Layer layer;
    try {
      layer = reader.apply(a);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw a.refuse("%s", e.getMessage());
    }
    a.refuseRest();
    return layer;
  }

  private static String unknown(String className) {
    if (className.equals("Lambda")) {
      return "holds Python code, which is never run here; replace it by layers of Keras's own, and"
          + " save the model again";
    }
    if (RECURRENT.contains(className)) {
      return "recurrent layers are not known here; images need none";
    }
    return "layers of this class are not known here; docs/keras.md lists those that are";
  }

  /** The classes that are known, for people. */
  static List<String> known() {
    Set<String> names = new TreeSet<>();
    KINDS.forEach(kind -> names.addAll(kind.keySet()));
    return new ArrayList<>(names);
  }
}
