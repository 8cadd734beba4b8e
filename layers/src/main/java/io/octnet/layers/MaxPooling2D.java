package io.octnet.layers;

import io.octnet.compute.PoolGeometry;
import io.octnet.ops.MaxPool2d;
import io.octnet.ops.Padding;
import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;
import java.util.List;
import java.util.Map;

/** Maximum of windows, (H, W, C) to (P, Q, C). */
public final class MaxPooling2D extends Layer implements Deterministic {
  private final int[] poolSize;
  private int[] strides;
  private Padding padding = Padding.VALID;

  /** Square windows that do not overlap. */
  public MaxPooling2D(int poolSize) {
    this(poolSize, poolSize);
  }

  /** Rectangular windows that do not overlap. */
  public MaxPooling2D(int poolHeight, int poolWidth) {
    if (poolHeight < 1 || poolWidth < 1) {
      throw error("the pool size must be at least 1, received %d x %d", poolHeight, poolWidth);
    }
    this.poolSize = new int[] {poolHeight, poolWidth};
    this.strides = poolSize.clone();
  }

  /** The step of the window; the pool size by default. */
  public MaxPooling2D strides(int newStride) {
    return strides(newStride, newStride);
  }

  /** The step of the window along either axis. */
  public MaxPooling2D strides(int vertical, int horizontal) {
    requireUnbuilt();
    strides = new int[] {vertical, horizontal};
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
    return Windows.pool(x, poolSize, strides, padding);
  }

  /** How many places a window has. */
  public int places() {
    return Math.multiplyExact(poolSize[0], poolSize[1]);
  }

  @Override
  public Tensor forward(List<Tensor> inputs, Pass pass) {
    Tensor x = inputs.getFirst();
    return MaxPool2d.maxPool2d(x, geometry(x.shape()));
  }

  @Override
  public Map<String, Object> config() {
    return Map.of(
        "pool_size",
        List.of(poolSize[0], poolSize[1]),
        "strides",
        List.of(strides[0], strides[1]),
        "padding",
        Windows.id(padding));
  }
}
