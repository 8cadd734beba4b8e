package io.octnet.fusion;

import io.octnet.compute.Compute;
import io.octnet.layers.Pass;
import io.octnet.tensor.Tensor;
import java.util.List;

/** {@code scale[c] * x + shift[c]}, rectified if asked: a batch norm with known statistics. */
final class ScaleShiftOperation implements Operation {
  private final Compute compute;
  private final float[] scale;
  private final float[] shift;
  private final boolean relu;
  private final boolean replaces;

  ScaleShiftOperation(Compute compute, KnownNorm norm, boolean relu, boolean replaces) {
    this.compute = compute;
    this.scale = KnownNorm.scales(norm);
    this.shift = KnownNorm.shifts(norm);
    this.relu = relu;
    this.replaces = replaces;
  }

  @Override
  public Tensor run(List<Tensor> inputs, Pass pass, boolean logits) {
    Tensor x = inputs.getFirst();
    boolean inPlace = replaces && x.isExclusive();
    Tensor y = inPlace ? x.retain() : Tensor.allocate(compute.pool(), x.shape());
    int channels = scale.length;
    compute.scaleShift(x.size() / channels, channels, x.data(), scale, shift, relu, y.data());
    return y;
  }
}
