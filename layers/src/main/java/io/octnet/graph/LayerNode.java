package io.octnet.graph;

import io.octnet.layers.Layer;
import io.octnet.tensor.Shape;
import java.util.List;

/**
 * A layer's place in a model.
 *
 * @param inputs the places of what it reads, all before its own
 * @param shape of its output, without the batch axis
 */
public record LayerNode(Layer layer, List<Integer> inputs, Shape shape) {}
