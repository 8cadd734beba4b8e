package io.octnet.layers;

import io.octnet.ops.GlobalMaxPool;
import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;
import java.util.List;

/** Maximum over all positions, (H, W, C) to (C). */
public final class GlobalMaxPooling2D extends Layer implements Deterministic {
  /** With nothing to configure. */
  public GlobalMaxPooling2D() {}

  @Override
  protected Shape build(List<Shape> inputs) {
    return Shape.of(image(inputs).dim(2));
  }

  @Override
  public Tensor forward(List<Tensor> inputs, Pass pass) {
    return GlobalMaxPool.globalMaxPool(inputs.getFirst());
  }
}
