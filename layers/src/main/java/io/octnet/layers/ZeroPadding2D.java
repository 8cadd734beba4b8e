package io.octnet.layers;

import io.octnet.ops.ZeroPadding2d;
import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;
import java.util.List;
import java.util.Map;

/** A border of zeros, (H, W, C) to (top + H + bottom, left + W + right, C). */
public final class ZeroPadding2D extends Layer implements Deterministic {
  private final int top;
  private final int bottom;
  private final int left;
  private final int right;

  /** The same on all four sides. */
  public ZeroPadding2D(int padding) {
    this(padding, padding, padding, padding);
  }

  /** Each side its own. */
  public ZeroPadding2D(int top, int bottom, int left, int right) {
    if (Math.min(Math.min(top, bottom), Math.min(left, right)) < 0) {
      throw error(
          "padding must not be negative, received top %d, bottom %d, left %d, right %d",
          top, bottom, left, right);
    }
    this.top = top;
    this.bottom = bottom;
    this.left = left;
    this.right = right;
  }

  /** {@code {top, bottom, left, right}}. */
  public int[] padding() {
    return new int[] {top, bottom, left, right};
  }

  @Override
  public Map<String, Object> config() {
    return Map.of("padding", List.of(List.of(top, bottom), List.of(left, right)));
  }

  @Override
  protected Shape build(List<Shape> inputs) {
    Shape x = image(inputs);
    return Shape.of(top + x.dim(0) + bottom, left + x.dim(1) + right, x.dim(2));
  }

  @Override
  public Tensor forward(List<Tensor> inputs, Pass pass) {
    return ZeroPadding2d.zeroPadding2d(inputs.getFirst(), top, bottom, left, right);
  }
}
