package io.octnet.ops;

import io.octnet.autograd.Autograd;
import io.octnet.autograd.Node;
import io.octnet.compute.Backend;
import io.octnet.compute.Compute;
import io.octnet.tensor.Tensor;

/** {@code y = scale[c] * x + shift[c]}, x: (..., C), with constants: what rescales pixels. */
public final class ScaleShift extends Node {
  private final float[] scale; // (C)

  private ScaleShift(Tensor x, float[] scale) {
    super(inputs(x));
    this.scale = scale;
  }

  /**
   * The scaled and shifted tensor.
   *
   * @param scale (C)
   * @param shift (C)
   */
  public static Tensor scaleShift(Tensor x, float[] scale, float[] shift) {
    Check.rankAtLeast("scale_shift", "x", x, 1);
    int channels = x.dim(-1);
    Check.that(
        scale.length == channels && shift.length == channels,
        "scale_shift",
        "x of shape %s needs %d factors and offsets, received %d and %d",
        x.shape(),
        channels,
        scale.length,
        shift.length);
    Compute compute = Backend.compute();
    Tensor y = Tensor.allocate(compute.pool(), x.shape());
    compute.scaleShift(x.size() / channels, channels, x.data(), scale, shift, false, y.data());
    return Autograd.record(y, new ScaleShift(x, scale));
  }

  // dx = scale[c] * dy
  @Override
  protected Tensor[] backward(Tensor dy) {
    Compute compute = Backend.compute();
    Tensor dx = Tensor.allocate(compute.pool(), dy.shape());
    compute.scaleShift(
        dy.size() / scale.length,
        scale.length,
        dy.data(),
        scale,
        new float[scale.length],
        false,
        dx.data());
    return new Tensor[] {dx};
  }
}
