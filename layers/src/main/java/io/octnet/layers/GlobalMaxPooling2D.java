package io.octnet.layers;

import io.octnet.ops.GlobalMaxPool;
import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;
import java.util.List;
import java.util.Map;

/** Maximum over all positions, (H, W, C) to (C). */
public final class GlobalMaxPooling2D extends Layer implements Deterministic {
  private boolean keepDims;

  /** To (C). */
  public GlobalMaxPooling2D() {}

  /** Whether the axes stay, with length 1: (1, 1, C); false by default. */
  public GlobalMaxPooling2D keepDims(boolean wanted) {
    requireUnbuilt();
    keepDims = wanted;
    return this;
  }

  /** Whether the axes stay. */
  public boolean keepsDims() {
    return keepDims;
  }

  @Override
  protected Shape build(List<Shape> inputs) {
    int channels = image(inputs).dim(2);
    return keepDims ? Shape.of(1, 1, channels) : Shape.of(channels);
  }

  @Override
  public Tensor forward(List<Tensor> inputs, Pass pass) {
    Tensor y = GlobalMaxPool.globalMaxPool(inputs.getFirst());
    if (!keepDims) {
      return y;
    }
    Tensor kept = io.octnet.ops.Reshape.reshape(y, Shape.of(y.dim(0), 1, 1, y.dim(1)));
    y.release();
    return kept;
  }

  @Override
  public Map<String, Object> config() {
    return Map.of("keepdims", keepDims);
  }
}
