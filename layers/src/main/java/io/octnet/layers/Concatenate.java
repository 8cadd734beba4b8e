package io.octnet.layers;

import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;
import java.util.List;
import java.util.Map;

/** Joins tensors along one axis, the channels if not said otherwise; all others must agree. */
public final class Concatenate extends Layer implements Deterministic {
  private final int axis; // of an example
  private boolean ofChannels;

  /** Along the last axis. */
  public Concatenate() {
    this(-1);
  }

  /**
   * Along an axis.
   *
   * @param axis of an example, without the batch axis; negative ones count from the end
   */
  public Concatenate(int axis) {
    this.axis = axis;
  }

  /** Whether it joins along the last axis. */
  public boolean joinsChannels() {
    return ofChannels;
  }

  @Override
  public Map<String, Object> config() {
    return Map.of("axis", axis < 0 ? axis : axis + 1);
  }

  @Override
  protected Shape build(List<Shape> inputs) {
    if (inputs.isEmpty()) {
      throw error("takes at least one input, received none");
    }
    int[] dims = inputs.getFirst().toArray();
    int at = inputs.getFirst().axis(axis);
    ofChannels = at == dims.length - 1;
    for (Shape shape : inputs.subList(1, inputs.size())) {
      int[] own = shape.toArray();
      if (own.length != dims.length || !agree(own, dims, at)) {
        throw error("inputs must agree but for axis %d, received %s", at, inputs);
      }
      dims[at] = Math.addExact(dims[at], own[at]);
    }
    return Shape.of(dims);
  }

  private static boolean agree(int[] own, int[] dims, int except) {
    for (int i = 0; i < dims.length; i++) {
      if (i != except && own[i] != dims[i]) {
        return false;
      }
    }
    return true;
  }

  @Override
  public Tensor forward(List<Tensor> inputs, Pass pass) {
    return io.octnet.ops.Concatenate.concatenate(
        axis < 0 ? axis : axis + 1, inputs.toArray(Tensor[]::new));
  }
}
