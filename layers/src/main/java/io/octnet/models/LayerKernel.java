package io.octnet.models;

import io.octnet.layers.Layer;
import io.octnet.layers.Pass;
import io.octnet.layers.SoftmaxEnd;
import io.octnet.tensor.Tensor;
import java.util.List;

/** A layer as it is. */
record LayerKernel(Layer layer, boolean last) implements Step.Kernel {
  @Override
  public Tensor run(List<Tensor> inputs, boolean logits) {
    return logits && last
        ? ((SoftmaxEnd) layer).logits(inputs.getFirst(), Pass.INFERENCE)
        : layer.forward(inputs, Pass.INFERENCE);
  }
}
