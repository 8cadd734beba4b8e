package io.octnet.ops;

import io.octnet.compute.Backend;
import io.octnet.compute.Compute;
import io.octnet.compute.Unary;
import io.octnet.tensor.Tensor;

/** The backward rule of a ReLU fused into another op. */
final class Masked {
  private Masked() {}

  /**
   * {@code dy} where {@code y > 0}, else 0, in place where possible; {@code dy} itself if there was
   * no ReLU. The result is one more hold of the caller.
   *
   * @param y the rectified output, or null for no ReLU
   */
  static Tensor relu(Tensor dy, Tensor y) {
    if (y == null) {
      return dy.retain();
    }
    Compute compute = Backend.compute();
    Tensor masked = dy.isExclusive() ? dy.retain() : Tensor.allocate(compute.pool(), dy.shape());
    compute.unaryBackward(Unary.RELU, 0, dy.size(), null, y.data(), dy.data(), masked.data());
    return masked;
  }
}
