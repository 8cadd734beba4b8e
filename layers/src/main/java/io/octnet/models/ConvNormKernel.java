package io.octnet.models;

import io.octnet.layers.BatchNormalization;
import io.octnet.layers.Conv2D;
import io.octnet.layers.Footprint;
import io.octnet.layers.Layer;
import io.octnet.layers.Pass;
import io.octnet.tensor.Tensor;
import java.util.List;

/** A convolution and the batch norm after it, and the ReLU after that if there is one. */
record ConvNormKernel(Conv2D conv, BatchNormalization norm, boolean relu) implements Step.Kernel {
  @Override
  public Tensor run(List<Tensor> inputs, Pass pass, boolean logits) {
    return norm.afterConvolution(conv, inputs.getFirst(), pass, relu);
  }

  @Override
  public List<Layer> layers() {
    return List.of(conv, norm);
  }

  @Override
  public Footprint footprint() {
    return relu ? Footprint.CONV_NORM_RELU : Footprint.CONV_NORM;
  }
}
