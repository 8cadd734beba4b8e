package io.octnet.models;

import io.octnet.layers.Footprint;
import io.octnet.layers.Layer;
import io.octnet.layers.Pass;
import io.octnet.layers.SoftmaxEnd;
import io.octnet.tensor.Tensor;
import java.util.List;

/** A layer as it is. */
record LayerKernel(Layer layer, boolean last) implements Step.Kernel {
  @Override
  public Tensor run(List<Tensor> inputs, Pass pass, boolean logits) {
    return logits && last
        ? ((SoftmaxEnd) layer).logits(inputs.getFirst(), pass)
        : layer.forward(inputs, pass);
  }

  @Override
  public List<Layer> layers() {
    return List.of(layer);
  }

  @Override
  public Footprint footprint() {
    return layer.footprint();
  }
}
