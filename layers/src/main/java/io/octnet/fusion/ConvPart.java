package io.octnet.fusion;

import io.octnet.layers.Conv2D;
import io.octnet.layers.Pass;
import io.octnet.ops.Unnormalized;

/** A convolution that a norm alone reads. */
record ConvPart(Conv2D conv) implements Part {
  @Override
  public boolean normalizes(Pass pass) {
    return false;
  }

  @Override
  public Unnormalized run(Unnormalized x, Pass pass, boolean forNorm) {
    return TrainedLayers.convolve(conv, x.tensor(), forNorm);
  }
}
