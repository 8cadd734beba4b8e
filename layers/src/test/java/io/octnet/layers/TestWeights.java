package io.octnet.layers;

import io.octnet.initializers.Initializers;
import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;
import java.util.List;

/** Weights without a network around them. */
public final class TestWeights {
  private TestWeights() {}

  /** A weight {@code name/value} with these values. */
  public static Parameter of(String name, float... values) {
    Bare layer = new Bare(values.length);
    layer.named(name).apply(InputLayer.input(1));
    layer.value.assign(values);
    return layer.value;
  }

  private static final class Bare extends Layer {
    private final int size;
    private Parameter value;

    private Bare(int size) {
      this.size = size;
    }

    @Override
    protected Shape build(List<Shape> inputs) {
      value = addWeight("value", Shape.of(size), Initializers.ZEROS, true);
      return inputs.getFirst();
    }

    @Override
    public Tensor forward(List<Tensor> inputs, Pass pass) {
      return inputs.getFirst().retain();
    }
  }
}
