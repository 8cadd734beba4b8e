package io.octnet.ops;

import io.octnet.autograd.Autograd;
import io.octnet.autograd.Node;
import io.octnet.compute.Backend;
import io.octnet.compute.Compute;
import io.octnet.compute.PoolGeometry;
import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;

/**
 * Maximum over windows, x: (N, H, W, C), y: (N, P, Q, C). Padding never wins; of equal values the
 * first in row-major order takes the gradient, as in TensorFlow.
 */
public final class MaxPool2d extends Node {
  private final PoolGeometry geometry;
  private final Argmax argmax; // the winner's place in its window

  private MaxPool2d(PoolGeometry geometry, Tensor x, Argmax argmax) {
    super(inputs(x));
    this.geometry = geometry;
    this.argmax = argmax;
  }

  /** Square windows, as Keras's {@code MaxPooling2D(poolSize, stride, padding)}. */
  public static Tensor maxPool2d(Tensor x, int poolSize, int stride, Padding padding) {
    return maxPool2d(x, geometry(x.shape(), poolSize, stride, padding));
  }

  /** The geometry of square windows, x: (N, H, W, C). */
  public static PoolGeometry geometry(Shape x, int poolSize, int stride, Padding padding) {
    return Pooling.geometry("max_pool", x, poolSize, stride, padding);
  }

  /** Windows of any geometry. */
  public static Tensor maxPool2d(Tensor x, PoolGeometry g) {
    Pooling.checkInput("max_pool", x, g);
    Compute compute = Backend.compute();
    Tensor y = Tensor.allocate(compute.pool(), Pooling.output(g));
    Argmax argmax = Argmax.allocate(Autograd.isRecording() && x.requiresGrad(), y.size());
    compute.maxPool(g, x.data(), y.data(), Argmax.places(argmax));
    return Autograd.record(y, new MaxPool2d(g, x, argmax));
  }

  // dx[winner of window] += dy[window]
  @Override
  protected Tensor[] backward(Tensor dy) {
    Compute compute = Backend.compute();
    Tensor dx = Tensor.allocate(compute.pool(), Pooling.input(geometry));
    compute.maxPoolBackward(geometry, dy.data(), Argmax.places(argmax), dx.data());
    return new Tensor[] {dx};
  }

  @Override
  protected void dispose() {
    Argmax.release(argmax);
  }
}
