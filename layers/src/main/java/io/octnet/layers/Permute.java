package io.octnet.layers;

import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** An example's axes in another order, (2, 1) for its transpose. */
public final class Permute extends Layer implements Deterministic {
  private final int[] dims; // counted from 1

  /** In this order, each axis once, counted from 1. */
  public Permute(int... dims) {
    this.dims = dims.clone();
  }

  @Override
  protected Shape build(List<Shape> inputs) {
    Shape x = single(inputs);
    int[] sorted = dims.clone();
    Arrays.sort(sorted);
    boolean fits = dims.length == x.rank();
    for (int i = 0; fits && i < sorted.length; i++) {
      fits = sorted[i] == i + 1;
    }
    if (!fits) {
      throw error("%s does not name each axis of %s once", Arrays.toString(dims), x);
    }
    return Shape.of(Arrays.stream(dims).map(axis -> x.dim(axis - 1)).toArray());
  }

  @Override
  public Tensor forward(List<Tensor> inputs, Pass pass) {
    return io.octnet.ops.Permute.permute(inputs.getFirst(), order());
  }

  /** The order of all axes, the batch's first. */
  public int[] order() {
    int[] order = new int[dims.length + 1];
    System.arraycopy(dims, 0, order, 1, dims.length);
    return order;
  }

  @Override
  public Map<String, Object> config() {
    return Map.of("dims", Arrays.stream(dims).boxed().toList());
  }
}
