package io.octnet.models;

import io.octnet.layers.ActivationFunction;
import io.octnet.layers.BatchNormalization;
import io.octnet.layers.Conv2D;
import io.octnet.layers.Footprint;
import io.octnet.layers.Layer;
import io.octnet.layers.Pass;
import io.octnet.tensor.Tensor;
import java.util.List;

/** A convolution that a batch norm alone reads. */
record ConvKernel(Conv2D conv, BatchNormalization reader) implements Step.Kernel {
  @Override
  public Tensor run(List<Tensor> inputs, Pass pass, boolean logits) {
    return conv.convolve(inputs.getFirst(), reader.usesBatch(pass));
  }

  @Override
  public List<Layer> layers() {
    return List.of(conv);
  }

  @Override
  public Footprint footprint() {
    return footprint(conv, reader);
  }

  /** A norm that trains undoes the ReLU of the convolution before it. */
  static Footprint footprint(Conv2D conv, BatchNormalization reader) {
    boolean masks =
        conv.activation() == ActivationFunction.RELU && (reader == null || !reader.isTrainable());
    return masks ? Footprint.READS_BOTH : Footprint.READS_INPUT;
  }
}
