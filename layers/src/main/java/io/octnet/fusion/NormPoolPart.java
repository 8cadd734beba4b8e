package io.octnet.fusion;

import io.octnet.layers.BatchNormalization;
import io.octnet.layers.Dropout;
import io.octnet.layers.MaxPooling2D;
import io.octnet.layers.Pass;
import io.octnet.ops.BatchNormMaxPool2d;
import io.octnet.ops.Unnormalized;
import io.octnet.tensor.Tensor;
import java.util.List;

/**
 * A norm and the maximum of windows that alone reads it.
 *
 * @param dropout what alone reads that; null for none
 */
record NormPoolPart(BatchNormalization norm, MaxPooling2D pool, Dropout dropout) implements Part {
  @Override
  public boolean normalizes(Pass pass) {
    return TrainedLayers.usesBatch(norm, pass);
  }

  @Override
  public Unnormalized run(Unnormalized x, Pass pass, boolean forNorm) {
    if (!normalizes(pass)) {
      return Unnormalized.of(oneByOne(x.tensor(), pass));
    }
    return Unnormalized.of(
        BatchNormMaxPool2d.batchNormMaxPool2d(
            x,
            TrainedLayers.parameters(norm),
            pool.geometry(x.shape()),
            dropout == null ? 0 : dropout.rate(),
            dropout == null ? 0 : pass.seedOf(dropout)));
  }

  private Tensor oneByOne(Tensor x, Pass pass) {
    Tensor z = TrainedLayers.known(norm, x, false);
    Tensor y = pool.forward(List.of(z), pass);
    z.release();
    if (dropout == null) {
      return y;
    }
    Tensor dropped = dropout.forward(List.of(y), pass);
    y.release();
    return dropped;
  }
}
