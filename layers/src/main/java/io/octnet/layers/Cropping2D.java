package io.octnet.layers;

import io.octnet.ops.Slice;
import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;
import java.util.List;
import java.util.Map;

/** Images without a border, (H, W, C) to (H - top - bottom, W - left - right, C). */
public final class Cropping2D extends Layer implements Deterministic {
  private final int top;
  private final int bottom;
  private final int left;
  private final int right;

  /** Each side its own. */
  public Cropping2D(int top, int bottom, int left, int right) {
    if (Math.min(Math.min(top, bottom), Math.min(left, right)) < 0) {
      throw error(
          "cropping must not be negative, received top %d, bottom %d, left %d, right %d",
          top, bottom, left, right);
    }
    this.top = top;
    this.bottom = bottom;
    this.left = left;
    this.right = right;
  }

  /** {@code {top, bottom, left, right}}. */
  public int[] cropping() {
    return new int[] {top, bottom, left, right};
  }

  @Override
  public Map<String, Object> config() {
    return Map.of("cropping", List.of(List.of(top, bottom), List.of(left, right)));
  }

  @Override
  protected Shape build(List<Shape> inputs) {
    Shape x = image(inputs);
    if ((long) top + bottom >= x.dim(0) || (long) left + right >= x.dim(1)) {
      throw error("nothing is left of an image of %s", x);
    }
    return Shape.of(x.dim(0) - top - bottom, x.dim(1) - left - right, x.dim(2));
  }

  @Override
  public Tensor forward(List<Tensor> inputs, Pass pass) {
    Tensor x = inputs.getFirst();
    Tensor rows = Slice.slice(x, 1, top, x.dim(1) - bottom);
    Tensor y = Slice.slice(rows, 2, left, x.dim(2) - right);
    rows.release();
    return y;
  }
}
