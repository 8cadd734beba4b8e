package io.octnet.models;

import io.octnet.layers.BatchNormalization;
import io.octnet.layers.Footprint;
import io.octnet.layers.GlobalAveragePooling2D;
import io.octnet.layers.Layer;
import io.octnet.layers.Pass;
import io.octnet.ops.BatchNormGlobalAveragePool;
import io.octnet.tensor.Tensor;
import java.util.List;

/** A batch norm and the mean over positions that alone reads it. */
record NormMeanKernel(BatchNormalization norm, GlobalAveragePooling2D mean) implements Step.Kernel {
  @Override
  public Tensor run(List<Tensor> inputs, Pass pass, boolean logits) {
    Tensor x = inputs.getFirst();
    if (norm.usesBatch(pass)) {
      return BatchNormGlobalAveragePool.batchNormGlobalAveragePool(x, norm.ofBatch());
    }
    Tensor z = norm.normalize(x, pass, false);
    Tensor y = mean.forward(List.of(z), pass);
    z.release();
    return y;
  }

  @Override
  public List<Layer> layers() {
    return List.of(norm, mean);
  }

  @Override
  public Footprint footprint() {
    return norm.isTrainable() ? Footprint.NORM_MEAN : Footprint.READS_INPUT;
  }
}
