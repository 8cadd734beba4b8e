package io.octnet.layers;

import io.octnet.tensor.Shape;
import java.util.List;

/**
 * A tensor that is not there yet: the layer that will compute it, from what, and its shape for one
 * example. Models are written as functions of symbols.
 */
public final class Symbol {
  private final Layer layer;
  private final List<Symbol> inputs;
  private final Shape shape;

  Symbol(Layer layer, List<Symbol> inputs, Shape shape) {
    this.layer = layer;
    this.inputs = List.copyOf(inputs);
    this.shape = shape;
  }

  /** What computes it. */
  public Layer layer() {
    return layer;
  }

  /** What it is computed from; empty for an input. */
  public List<Symbol> inputs() {
    return inputs;
  }

  /** Without the batch axis: (H, W, C) for images. */
  public Shape shape() {
    return shape;
  }
}
