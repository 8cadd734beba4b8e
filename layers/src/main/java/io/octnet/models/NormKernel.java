package io.octnet.models;

import io.octnet.layers.BatchNormalization;
import io.octnet.layers.Footprint;
import io.octnet.layers.Layer;
import io.octnet.layers.Pass;
import io.octnet.tensor.Tensor;
import java.util.List;

/** A batch norm and the ReLU after it, in one pass over memory. */
record NormKernel(BatchNormalization norm) implements Step.Kernel {
  @Override
  public Tensor run(List<Tensor> inputs, Pass pass, boolean logits) {
    return norm.normalize(inputs.getFirst(), pass, true);
  }

  @Override
  public List<Layer> layers() {
    return List.of(norm);
  }

  @Override
  public Footprint footprint() {
    return Footprint.NORM_RELU;
  }
}
