package io.octnet.ops;

import io.octnet.autograd.Autograd;
import io.octnet.autograd.Node;
import io.octnet.compute.Backend;
import io.octnet.compute.Compute;
import io.octnet.compute.PoolGeometry;
import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;

/** Mean over windows, x: (N, H, W, C), y: (N, P, Q, C); padding is not counted. */
public final class AveragePool2d extends Node {
  private final PoolGeometry geometry;

  private AveragePool2d(PoolGeometry geometry, Tensor x) {
    super(inputs(x));
    this.geometry = geometry;
  }

  /** Square windows, as Keras's {@code AveragePooling2D(poolSize, stride, padding)}. */
  public static Tensor averagePool2d(Tensor x, int poolSize, int stride, Padding padding) {
    return averagePool2d(x, geometry(x.shape(), poolSize, stride, padding));
  }

  /** The geometry of square windows, x: (N, H, W, C). */
  public static PoolGeometry geometry(Shape x, int poolSize, int stride, Padding padding) {
    return Pooling.geometry("average_pool", x, poolSize, stride, padding);
  }

  /** Windows of any geometry. */
  public static Tensor averagePool2d(Tensor x, PoolGeometry g) {
    Pooling.checkInput("average_pool", x, g);
    Compute compute = Backend.compute();
    Tensor y = Tensor.allocate(compute.pool(), Pooling.output(g));
    compute.averagePool(g, x.data(), y.data());
    return Autograd.record(y, new AveragePool2d(g, x));
  }

  // dx[each of window] += dy[window] / places
  @Override
  protected Tensor[] backward(Tensor dy) {
    Compute compute = Backend.compute();
    Tensor dx = Tensor.allocate(compute.pool(), Pooling.input(geometry));
    compute.averagePoolBackward(geometry, dy.data(), dx.data());
    return new Tensor[] {dx};
  }
}
