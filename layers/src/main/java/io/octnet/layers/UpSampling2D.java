package io.octnet.layers;

import io.octnet.ops.UpSample2d;
import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;
import java.util.List;
import java.util.Map;

/** Larger images, (H, W, C) to (H * vertical, W * horizontal, C). */
public final class UpSampling2D extends Layer implements Deterministic {
  private final int vertical;
  private final int horizontal;
  private final boolean bilinear;

  /** By these factors; nearest, or bilinear between the centres of pixels. */
  public UpSampling2D(int vertical, int horizontal, boolean bilinear) {
    if (vertical < 1 || horizontal < 1) {
      throw error("the factors must be at least 1, received %d, %d", vertical, horizontal);
    }
    this.vertical = vertical;
    this.horizontal = horizontal;
    this.bilinear = bilinear;
  }

  @Override
  public Map<String, Object> config() {
    return Map.of(
        "size", List.of(vertical, horizontal), "interpolation", bilinear ? "bilinear" : "nearest");
  }

  @Override
  protected Shape build(List<Shape> inputs) {
    Shape x = image(inputs);
    return Shape.of(
        Math.multiplyExact(x.dim(0), vertical), Math.multiplyExact(x.dim(1), horizontal), x.dim(2));
  }

  @Override
  public Tensor forward(List<Tensor> inputs, Pass pass) {
    return UpSample2d.upSample2d(inputs.getFirst(), vertical, horizontal, bilinear);
  }
}
