package io.octnet.ops;

import io.octnet.autograd.Autograd;
import io.octnet.autograd.Node;
import io.octnet.compute.Backend;
import io.octnet.compute.Compute;
import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;

/** Mean over all positions, x: (N, H, W, C), y: (N, C). */
public final class GlobalAveragePool extends Node {
  private final Shape from;

  private GlobalAveragePool(Tensor x) {
    super(inputs(x));
    this.from = x.shape();
  }

  /** The mean of each channel. */
  public static Tensor globalAveragePool(Tensor x) {
    Check.rank("global_average_pool", "x", x, 4, "(N, H, W, C)");
    Compute compute = Backend.compute();
    Tensor y = Tensor.allocate(compute.pool(), Shape.of(x.dim(0), x.dim(3)));
    compute.fused().globalAveragePool(x.dim(0), x.dim(1) * x.dim(2), x.dim(3), x.data(), y.data());
    return Autograd.record(y, new GlobalAveragePool(x));
  }

  // dx[n,h,w,c] = dy[n,c] / (H * W)
  @Override
  protected Tensor[] backward(Tensor dy) {
    Compute compute = Backend.compute();
    Tensor dx = Tensor.allocate(compute.pool(), from);
    compute
        .fused()
        .globalAveragePoolBackward(
            from.dim(0), from.dim(1) * from.dim(2), from.dim(3), dy.data(), dx.data());
    return new Tensor[] {dx};
  }
}
