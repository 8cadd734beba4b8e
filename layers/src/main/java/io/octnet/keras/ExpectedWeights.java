package io.octnet.keras;

import java.util.List;

/**
 * What a model wants from a weight file: its layers that have weights, in Keras's order of layers
 * (that of {@code model.layers}; {@code .weights.h5} files without names are matched by it).
 */
public record ExpectedWeights(List<Layer> layers) {
  /** Keeps the list from changing. */
  public ExpectedWeights {
    layers = List.copyOf(layers);
  }

  /**
   * A layer with weights.
   *
   * @param name its name, e.g. {@code block1_conv1}
   * @param kind Keras's class of it, e.g. {@code Conv2D}
   * @param weights its weights in Keras's order
   */
  public record Layer(String name, String kind, List<Weight> weights) {
    /** Keeps the list from changing. */
    public Layer {
      weights = List.copyOf(weights);
    }
  }

  /** A weight's name, e.g. {@code kernel}, and its shape. */
  public record Weight(String name, int[] shape) {}

  /** What a model expects that has these weights. */
  public static ExpectedWeights of(List<LayerWeights> layers) {
    return new ExpectedWeights(
        layers.stream()
            .map(
                layer ->
                    new Layer(
                        layer.layer(),
                        layer.kind(),
                        layer.weights().stream()
                            .map(weight -> new Weight(weight.name(), weight.shape()))
                            .toList()))
            .toList());
  }
}
