package io.octnet.models;

import io.octnet.layers.BatchNormalization;
import io.octnet.layers.Dropout;
import io.octnet.layers.Footprint;
import io.octnet.layers.Layer;
import io.octnet.layers.MaxPooling2D;
import io.octnet.layers.Pass;
import io.octnet.ops.BatchNormMaxPool2d;
import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;
import java.util.List;

/**
 * A batch norm and the maximum of windows that alone reads it.
 *
 * @param dropout what alone reads that; null for none
 */
record NormPoolKernel(BatchNormalization norm, MaxPooling2D pool, Dropout dropout)
    implements Step.Kernel {
  @Override
  public Tensor run(List<Tensor> inputs, Pass pass, boolean logits) {
    Tensor x = inputs.getFirst();
    if (!norm.usesBatch(pass)) {
      return oneByOne(x, pass);
    }
    return BatchNormMaxPool2d.batchNormMaxPool2d(
        x,
        norm.ofBatch(),
        pool.geometry(x.dim(0), Shape.of(x.dim(1), x.dim(2), x.dim(3))),
        dropout == null ? 0 : dropout.rate(),
        dropout == null ? 0 : dropout.seed(pass));
  }

  private Tensor oneByOne(Tensor x, Pass pass) {
    Tensor z = norm.normalize(x, pass, false);
    Tensor y = pool.forward(List.of(z), pass);
    z.release();
    if (dropout == null) {
      return y;
    }
    Tensor dropped = dropout.forward(List.of(y), pass);
    y.release();
    return dropped;
  }

  @Override
  public List<Layer> layers() {
    return dropout == null ? List.of(norm, pool) : List.of(norm, pool, dropout);
  }

  @Override
  public Footprint footprint() {
    return norm.isTrainable() ? Footprint.NORM_POOL : Footprint.FROZEN_NORM_POOL;
  }
}
