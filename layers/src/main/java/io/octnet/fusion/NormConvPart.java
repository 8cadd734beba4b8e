package io.octnet.fusion;

import io.octnet.layers.BatchNormalization;
import io.octnet.layers.Conv2D;
import io.octnet.layers.Pass;
import io.octnet.ops.BatchNorm;
import io.octnet.ops.BatchNormConv2d;
import io.octnet.ops.Conv2d;
import io.octnet.ops.Unnormalized;
import io.octnet.tensor.Tensor;

/** A norm, a ReLU if there is one, and the convolution that alone reads it. */
record NormConvPart(BatchNormalization norm, boolean relu, Conv2D conv) implements Part {
  @Override
  public boolean normalizes(Pass pass) {
    return TrainedLayers.usesBatch(norm, pass);
  }

  @Override
  public Unnormalized run(Unnormalized x, Pass pass, boolean forNorm) {
    if (!normalizes(pass)) {
      Tensor z = TrainedLayers.known(norm, x.tensor(), relu);
      Unnormalized y = TrainedLayers.convolve(conv, z, forNorm);
      z.release();
      return y;
    }
    BatchNorm.Parameters n = TrainedLayers.parameters(norm);
    Conv2d.Parameters c = TrainedLayers.parameters(conv, x.shape().dim(0));
    return forNorm
        ? BatchNormConv2d.forNorm(x, n, relu, c)
        : Unnormalized.of(BatchNormConv2d.batchNormConv2d(x, n, relu, c));
  }
}
