package io.octnet.ops;

import io.octnet.autograd.Autograd;
import io.octnet.autograd.Node;
import io.octnet.compute.Backend;
import io.octnet.tensor.Tensor;

/** {@code y = curve(x)}, elementwise, any shape; computed in double and rounded once. */
public final class Activate extends Node {
  private final Tensor x;
  private final Curve curve;
  private final double a;

  private Activate(Tensor x, Curve curve, double a) {
    super(inputs(x), x);
    this.x = x;
    this.curve = curve;
    this.a = a;
  }

  /** The function of each element; for functions that take no parameter. */
  public static Tensor activate(Tensor x, Curve curve) {
    return activate(x, curve, 0);
  }

  /**
   * The function of each element.
   *
   * @param a the function's parameter
   */
  public static Tensor activate(Tensor x, Curve curve, double a) {
    Tensor y = Tensor.allocate(Backend.compute().pool(), x.shape());
    float[] from = x.data();
    float[] to = y.data();
    Ranges.run(
        x.size(),
        1,
        (start, end) -> {
          for (int i = start; i < end; i++) {
            to[i] = (float) curve.of(from[i], a);
          }
        });
    return Autograd.record(y, new Activate(x, curve, a));
  }

  // dx = dy * curve'(x)
  @Override
  protected Tensor[] backward(Tensor dy) {
    Tensor dx = Tensor.allocate(Backend.compute().pool(), dy.shape());
    float[] at = x.data();
    float[] from = dy.data();
    float[] to = dx.data();
    Ranges.run(
        dy.size(),
        1,
        (start, end) -> {
          for (int i = start; i < end; i++) {
            to[i] = (float) (from[i] * curve.slope(at[i], a));
          }
        });
    return new Tensor[] {dx};
  }
}
