package io.octnet.saving;

import io.octnet.layers.InputLayer;
import io.octnet.layers.Layer;
import io.octnet.models.Model;
import io.octnet.tensor.Shape;
import io.octnet.text.Text;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** What the model of a file has otherwise than a network that it was said to be. */
public final class Differences {
  private Differences() {}

  /**
   * The first difference in Keras's order of layers: layer, attribute, the file's value and the
   * network's. Names of layers do not count.
   *
   * @param network what to call the other one
   */
  public static Optional<String> first(Model file, Model other, String network) {
    List<Layer> own = file.layers();
    List<Layer> others = other.layers();
    for (int i = 0; i < own.size() && i < others.size(); i++) {
      Optional<String> found = between(file, own.get(i), other, others.get(i), network);
      if (found.isPresent()) {
        return found;
      }
    }
    if (own.size() > others.size()) {
      return Optional.of(
          Text.format(
              "layer %s is in the file, %s has ended", own.get(others.size()).name(), network));
    }
    return own.size() < others.size()
        ? Optional.of(
            Text.format(
                "%s goes on with layer %s, the file has ended",
                network, others.get(own.size()).name()))
        : Optional.empty();
  }

  private static Optional<String> between(
      Model file, Layer own, Model other, Layer counterpart, String network) {
    if (!own.className().equals(counterpart.className())) {
      return text(own, "class", own.className(), counterpart.className(), network);
    }
    Map<String, Object> values = new TreeMap<>(own.config());
    Map<String, Object> others = counterpart.config();
    for (Map.Entry<String, Object> value : values.entrySet()) {
      Object expected = others.get(value.getKey());
      if (!Objects.equals(value.getValue(), expected)) {
        return text(own, value.getKey(), value.getValue(), expected, network);
      }
    }
    Shape shape = file.outputShape(own.name());
    Shape expected = other.outputShape(counterpart.name());
    boolean input = own instanceof InputLayer;
    return input && !shape.equals(expected)
        ? text(own, "shape", shape, expected, network)
        : Optional.empty();
  }

  private static Optional<String> text(
      Layer layer, String attribute, Object value, Object expected, String network) {
    return Optional.of(
        Text.format(
            "layer %s: %s is %s in the file, %s in %s",
            layer.name(), attribute, value, expected, network));
  }
}
