package io.octnet.images;

import io.octnet.models.Batch;
import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;

/** Memory for one batch, used again and again; the smaller last batch of an epoch has its own. */
final class BatchBuffer {
  private final int imageSize;
  private final Batch whole;
  private Batch last;

  BatchBuffer(int batchSize, int imageSize) {
    this.imageSize = imageSize;
    this.whole = allocate(batchSize);
  }

  private Batch allocate(int n) {
    return new Batch(Tensor.zeros(Shape.of(n, imageSize, imageSize, 3)), new int[n]);
  }

  /** The batch of n pictures to be filled. */
  Batch ofSize(int n) {
    if (n == whole.size()) {
      return whole;
    }
    if (last == null || last.size() != n) {
      last = allocate(n);
    }
    return last;
  }
}
