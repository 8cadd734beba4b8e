package io.octnet.layers;

import io.octnet.compute.PoolGeometry;
import io.octnet.ops.AveragePool2d;
import io.octnet.ops.Padding;
import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;
import java.util.List;

/** Mean of windows, (H, W, C) to (P, Q, C). */
public final class AveragePooling2D extends Layer implements Deterministic {
  private final int poolSize;
  private int stride;
  private Padding padding = Padding.VALID;

  /** Square windows that do not overlap. */
  public AveragePooling2D(int poolSize) {
    if (poolSize < 1) {
      throw error("the pool size must be at least 1, received %d", poolSize);
    }
    this.poolSize = poolSize;
    this.stride = poolSize;
  }

  /** The step of the window; the pool size by default. */
  public AveragePooling2D strides(int newStride) {
    requireUnbuilt();
    stride = newStride;
    return this;
  }

  /** {@code VALID} by default. */
  public AveragePooling2D padding(Padding newPadding) {
    requireUnbuilt();
    padding = newPadding;
    return this;
  }

  @Override
  public AveragePooling2D named(String newName) {
    super.named(newName);
    return this;
  }

  @Override
  protected Shape build(List<Shape> inputs) {
    Shape x = image(inputs).withBatch(1);
    PoolGeometry g = AveragePool2d.geometry(x, poolSize, stride, padding);
    return Shape.of(g.outHeight(), g.outWidth(), g.channels());
  }

  @Override
  public Tensor forward(List<Tensor> inputs, Pass pass) {
    return AveragePool2d.averagePool2d(inputs.getFirst(), poolSize, stride, padding);
  }
}
