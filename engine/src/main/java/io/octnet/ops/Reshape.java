package io.octnet.ops;

import io.octnet.autograd.Autograd;
import io.octnet.autograd.Node;
import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;

/** The same elements in another shape, without a copy. */
public final class Reshape extends Node {
  private final Shape from;

  private Reshape(Tensor x) {
    super(inputs(x));
    this.from = x.shape();
  }

  /** The tensor in another shape of as many elements; it shares the buffer. */
  public static Tensor reshape(Tensor x, Shape shape) {
    Check.that(
        x.size() == shape.size(),
        "reshape",
        "x of shape %s has %d elements, shape %s needs %d",
        x.shape(),
        x.size(),
        shape,
        shape.size());
    return Autograd.record(x.view(shape), new Reshape(x));
  }

  /** All axes but the first as one: (N, ...) to (N, C). */
  public static Tensor flatten(Tensor x) {
    Check.rankAtLeast("flatten", "x", x, 1);
    return reshape(x, Shape.of(x.dim(0), x.size() / x.dim(0)));
  }

  // dx = dy in the shape of x
  @Override
  protected Tensor[] backward(Tensor dy) {
    return new Tensor[] {dy.view(from)};
  }
}
