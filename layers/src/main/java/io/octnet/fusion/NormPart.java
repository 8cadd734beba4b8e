package io.octnet.fusion;

import io.octnet.layers.BatchNormalization;
import io.octnet.layers.Pass;
import io.octnet.ops.BatchNorm;
import io.octnet.ops.Unnormalized;
import io.octnet.tensor.Tensor;

/** A norm and, in the same pass over memory, the ReLU after it. */
record NormPart(BatchNormalization norm, boolean relu) implements Part {
  @Override
  public boolean normalizes(Pass pass) {
    return TrainedLayers.usesBatch(norm, pass);
  }

  @Override
  public Unnormalized run(Unnormalized x, Pass pass, boolean forNorm) {
    Tensor y =
        normalizes(pass)
            ? BatchNorm.training(x, TrainedLayers.parameters(norm), relu)
            : TrainedLayers.known(norm, x.tensor(), relu);
    return Unnormalized.of(y);
  }
}
