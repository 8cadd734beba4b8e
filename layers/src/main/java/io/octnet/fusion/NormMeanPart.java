package io.octnet.fusion;

import io.octnet.layers.BatchNormalization;
import io.octnet.layers.GlobalAveragePooling2D;
import io.octnet.layers.Pass;
import io.octnet.ops.BatchNormGlobalAveragePool;
import io.octnet.ops.Unnormalized;
import io.octnet.tensor.Tensor;
import java.util.List;

/** A norm and the mean over positions that alone reads it. */
record NormMeanPart(BatchNormalization norm, GlobalAveragePooling2D mean) implements Part {
  @Override
  public boolean normalizes(Pass pass) {
    return TrainedLayers.usesBatch(norm, pass);
  }

  @Override
  public Unnormalized run(Unnormalized x, Pass pass, boolean forNorm) {
    if (normalizes(pass)) {
      return Unnormalized.of(
          BatchNormGlobalAveragePool.batchNormGlobalAveragePool(x, TrainedLayers.parameters(norm)));
    }
    Tensor z = TrainedLayers.known(norm, x.tensor(), false);
    Tensor y = mean.forward(List.of(z), pass);
    z.release();
    return Unnormalized.of(y);
  }
}
