package io.octnet.ops;

import io.octnet.autograd.Autograd;
import io.octnet.autograd.Node;
import io.octnet.compute.Backend;
import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;

/** Joins tensors along one axis; all other axes must agree. */
public final class Concatenate extends Node {
  private final Tensor[] parts;
  private final int axis;

  private Concatenate(Tensor[] parts, int axis) {
    super(parts);
    this.parts = parts;
    this.axis = axis;
  }

  /**
   * The parts one after another.
   *
   * @param axis along which; negative ones count from the end
   */
  public static Tensor concatenate(int axis, Tensor... parts) {
    Check.that(parts.length > 0, "concatenate", "needs at least one tensor, received none");
    Check.rankAtLeast("concatenate", "the first part", parts[0], 1);
    int at = parts[0].shape().axis(axis);
    int[] dims = parts[0].shape().toArray();
    long length = 0;
    for (Tensor part : parts) {
      length += lengthOf(part, parts[0], at);
    }
    dims[at] = Check.axis("concatenate", length);
    Tensor y = Tensor.allocate(Backend.compute().pool(), Shape.of(dims));
    int start = 0;
    for (Tensor part : parts) {
      Slice.copy(part, 0, y, start, at, part.dim(at));
      start += part.dim(at);
    }
    return Autograd.record(y, new Concatenate(parts.clone(), at));
  }

  private static int lengthOf(Tensor part, Tensor first, int axis) {
    int[] expected = first.shape().toArray();
    if (part.shape().rank() == expected.length) {
      expected[axis] = part.dim(axis);
    }
    Check.that(
        part.shape().equals(Shape.of(expected)),
        "concatenate",
        "shapes %s and %s must agree but for axis %d",
        first.shape(),
        part.shape(),
        axis);
    return part.dim(axis);
  }

  // dPart = its slice of dy
  @Override
  protected Tensor[] backward(Tensor dy) {
    Tensor[] gradients = new Tensor[parts.length];
    int start = 0;
    for (int i = 0; i < parts.length; i++) {
      int length = parts[i].dim(axis);
      if (needsGrad(i)) {
        gradients[i] = Tensor.allocate(Backend.compute().pool(), parts[i].shape());
        Slice.copy(dy, start, gradients[i], 0, axis, length);
      }
      start += length;
    }
    return gradients;
  }
}
