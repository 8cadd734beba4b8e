package io.octnet.ops;

import io.octnet.autograd.Autograd;
import io.octnet.autograd.Node;
import io.octnet.compute.Backend;
import io.octnet.compute.Compute;
import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;

/**
 * Maximum over all positions, x: (N, H, W, C), y: (N, C); equal maxima share the gradient equally,
 * as in Keras on TensorFlow.
 */
public final class GlobalMaxPool extends Node {
  private final Tensor x;
  private final Tensor y;

  private GlobalMaxPool(Tensor x, Tensor y) {
    super(inputs(x), x, y);
    this.x = x;
    this.y = y;
  }

  /** The maximum of each channel. */
  public static Tensor globalMaxPool(Tensor x) {
    Check.rank("global_max_pool", "x", x, 4, "(N, H, W, C)");
    Compute compute = Backend.compute();
    Tensor y = Tensor.allocate(compute.pool(), Shape.of(x.dim(0), x.dim(3)));
    compute.globalMaxPool(x.dim(0), x.dim(1) * x.dim(2), x.dim(3), x.data(), y.data());
    return Autograd.record(y, new GlobalMaxPool(x, y));
  }

  // dx[n,h,w,c] = dy[n,c] / winners where x[n,h,w,c] == y[n,c], else 0
  @Override
  protected Tensor[] backward(Tensor dy) {
    Compute compute = Backend.compute();
    Tensor dx = Tensor.allocate(compute.pool(), x.shape());
    compute.globalMaxPoolBackward(
        x.dim(0), x.dim(1) * x.dim(2), x.dim(3), x.data(), y.data(), dy.data(), dx.data());
    return new Tensor[] {dx};
  }
}
