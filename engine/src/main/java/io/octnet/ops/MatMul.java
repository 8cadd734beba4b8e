package io.octnet.ops;

import io.octnet.autograd.Autograd;
import io.octnet.autograd.Node;
import io.octnet.compute.Backend;
import io.octnet.compute.Compute;
import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;
import java.util.Arrays;

/**
 * Matrix product {@code y = a b} over the last two axes, a: (..., M, K), b: (..., K, N), y: (...,
 * M, N); the leading batch axes are broadcast as in NumPy.
 */
public final class MatMul extends Node {
  private final Tensor a; // (batch..., M, K)
  private final Tensor b; // (batch..., K, N)

  private MatMul(Tensor a, Tensor b) {
    super(inputs(a, b), a, b);
    this.a = a;
    this.b = b;
  }

  /** The product. */
  public static Tensor matMul(Tensor a, Tensor b) {
    Check.rankAtLeast("matmul", "a", a, 2);
    Check.rankAtLeast("matmul", "b", b, 2);
    Check.that(
        a.dim(-1) == b.dim(-2),
        "matmul",
        "a of shape %s has %d columns, b of shape %s has %d rows; they must be equal",
        a.shape(),
        a.dim(-1),
        b.shape(),
        b.dim(-2));
    Shape batch = Broadcast.shape("matmul", batchOf(a), batchOf(b));
    Tensor left = BroadcastTo.broadcastTo(a, matrices(batch, a.dim(-2), a.dim(-1)));
    Tensor right = BroadcastTo.broadcastTo(b, matrices(batch, b.dim(-2), b.dim(-1)));
    Compute compute = Backend.compute();
    Tensor y = Tensor.allocate(compute.pool(), matrices(batch, a.dim(-2), b.dim(-1)));
    multiply(left, false, right, false, y);
    Autograd.record(y, new MatMul(left, right));
    left.release();
    right.release();
    return y;
  }

  // dA = dY B^T, dB = A^T dY, for each matrix of the batch
  @Override
  protected Tensor[] backward(Tensor dy) {
    Compute compute = Backend.compute();
    Tensor da = null;
    Tensor db = null;
    if (needsGrad(0)) {
      da = Tensor.allocate(compute.pool(), a.shape());
      multiply(dy, false, b, true, da);
    }
    if (needsGrad(1)) {
      db = Tensor.allocate(compute.pool(), b.shape());
      multiply(a, true, dy, false, db);
    }
    return new Tensor[] {da, db};
  }

  /** {@code c = op(a) op(b)} for each matrix of equal batches. */
  private static void multiply(
      Tensor a, boolean transposeA, Tensor b, boolean transposeB, Tensor c) {
    int m = c.dim(-2);
    int n = c.dim(-1);
    int k = a.dim(transposeA ? -2 : -1);
    Compute compute = Backend.compute();
    for (int i = 0; i < c.size() / (m * n); i++) {
      compute.gemm(
          transposeA,
          transposeB,
          m,
          n,
          k,
          a.data(),
          i * m * k,
          b.data(),
          i * k * n,
          0,
          c.data(),
          i * m * n);
    }
  }

  private static Shape batchOf(Tensor tensor) {
    int[] dims = tensor.shape().toArray();
    return Shape.of(Arrays.copyOf(dims, dims.length - 2));
  }

  private static Shape matrices(Shape batch, int rows, int columns) {
    int[] dims = Arrays.copyOf(batch.toArray(), batch.rank() + 2);
    dims[batch.rank()] = rows;
    dims[batch.rank() + 1] = columns;
    return Shape.of(dims);
  }
}
