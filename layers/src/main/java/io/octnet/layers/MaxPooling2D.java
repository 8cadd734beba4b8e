package io.octnet.layers;

import io.octnet.compute.PoolGeometry;
import io.octnet.ops.MaxPool2d;
import io.octnet.ops.Padding;
import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;
import java.util.List;

/** Maximum of windows, (H, W, C) to (P, Q, C). */
public final class MaxPooling2D extends Layer implements Deterministic {
  private final int poolSize;
  private int stride;
  private Padding padding = Padding.VALID;

  /** Square windows that do not overlap. */
  public MaxPooling2D(int poolSize) {
    if (poolSize < 1) {
      throw error("the pool size must be at least 1, received %d", poolSize);
    }
    this.poolSize = poolSize;
    this.stride = poolSize;
  }

  /** The step of the window; the pool size by default. */
  public MaxPooling2D strides(int newStride) {
    requireUnbuilt();
    stride = newStride;
    return this;
  }

  /** {@code VALID} by default. */
  public MaxPooling2D padding(Padding newPadding) {
    requireUnbuilt();
    padding = newPadding;
    return this;
  }

  @Override
  public MaxPooling2D named(String newName) {
    super.named(newName);
    return this;
  }

  @Override
  protected Shape build(List<Shape> inputs) {
    PoolGeometry g = geometry(image(inputs).withBatch(1));
    return Shape.of(g.outHeight(), g.outWidth(), g.channels());
  }

  /** The geometry for a batch of pictures (N, H, W, C). */
  public PoolGeometry geometry(Shape x) {
    return MaxPool2d.geometry(x, poolSize, stride, padding);
  }

  /** How many places a window has along each axis. */
  public int poolSize() {
    return poolSize;
  }

  @Override
  public Tensor forward(List<Tensor> inputs, Pass pass) {
    return MaxPool2d.maxPool2d(inputs.getFirst(), poolSize, stride, padding);
  }
}
