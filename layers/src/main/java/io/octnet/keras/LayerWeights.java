package io.octnet.keras;

import java.util.List;

/**
 * A layer's weights.
 *
 * @param layer the layer's name, e.g. {@code conv2_block1_1_conv}
 * @param kind Keras's class of it, e.g. {@code Conv2D}
 * @param weights the weights in Keras's order: kernel, bias; gamma, beta, moving_mean,
 *     moving_variance
 */
public record LayerWeights(String layer, String kind, List<NamedArray> weights) {
  /** Keeps the list from changing; the arrays are the caller's. */
  public LayerWeights {
    weights = List.copyOf(weights);
  }
}
