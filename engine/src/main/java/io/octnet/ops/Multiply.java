package io.octnet.ops;

import io.octnet.autograd.Autograd;
import io.octnet.autograd.Node;
import io.octnet.compute.Backend;
import io.octnet.compute.Compute;
import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;

/** {@code y = a * b} elementwise, broadcast as in NumPy. */
public final class Multiply extends Node {
  private final Tensor a;
  private final Tensor b;

  private Multiply(Tensor a, Tensor b) {
    super(inputs(a, b), a, b);
    this.a = a;
    this.b = b;
  }

  /** The product. */
  public static Tensor multiply(Tensor a, Tensor b) {
    Shape shape = Broadcast.shape("multiply", a.shape(), b.shape());
    Tensor left = BroadcastTo.broadcastTo(a, shape);
    Tensor right = BroadcastTo.broadcastTo(b, shape);
    Compute compute = Backend.compute();
    Tensor y = Tensor.allocate(compute.pool(), shape);
    compute.multiply(y.size(), left.data(), right.data(), y.data());
    Autograd.record(y, new Multiply(left, right));
    left.release();
    right.release();
    return y;
  }

  // da = dy * b, db = dy * a
  @Override
  protected Tensor[] backward(Tensor dy) {
    return new Tensor[] {
      needsGrad(0) ? product(dy, b) : null, needsGrad(1) ? product(dy, a) : null
    };
  }

  private static Tensor product(Tensor dy, Tensor factor) {
    Compute compute = Backend.compute();
    Tensor product = Tensor.allocate(compute.pool(), dy.shape());
    compute.multiply(dy.size(), dy.data(), factor.data(), product.data());
    return product;
  }
}
