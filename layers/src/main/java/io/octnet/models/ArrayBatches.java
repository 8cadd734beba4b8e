package io.octnet.models;

import io.octnet.random.RandomStream;
import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;
import io.octnet.text.Text;
import java.util.stream.IntStream;

/** Batches of examples that all lie in memory, in another order each epoch, or always in theirs. */
public final class ArrayBatches implements BatchSource {
  private final Tensor x;
  private final int[] labels; // null: y
  private final Tensor y;
  private final int batchSize;
  private final Long seed; // null: in order

  private ArrayBatches(Tensor x, int[] labels, Tensor y, int batchSize, Long seed) {
    new Batch(x, labels, y); // its complaints
    if (batchSize < 1) {
      throw new IllegalArgumentException(
          Text.format("a batch has at least 1 example, received %d", batchSize));
    }
    this.x = x;
    this.labels = labels;
    this.y = y;
    this.batchSize = batchSize;
    this.seed = seed;
  }

  /**
   * Examples and their classes, shuffled anew each epoch.
   *
   * @param x the examples, (N, ...), not copied
   * @param labels (N), numbers of classes, not copied
   * @param batchSize examples a batch; the last of an epoch may be shorter
   * @param seed of the orders
   */
  public static ArrayBatches of(Tensor x, int[] labels, int batchSize, long seed) {
    return new ArrayBatches(x, labels, null, batchSize, seed);
  }

  /** As {@link #of(Tensor, int[], int, long)}, with what the outputs should be, (N, ...). */
  public static ArrayBatches of(Tensor x, Tensor y, int batchSize, long seed) {
    return new ArrayBatches(x, null, y, batchSize, seed);
  }

  /** The same examples, always in their own order: for validation. */
  public ArrayBatches inOrder() {
    return new ArrayBatches(x, labels, y, batchSize, null);
  }

  @Override
  public int steps() {
    return (examples() + batchSize - 1) / batchSize;
  }

  @Override
  public int examples() {
    return x.dim(0);
  }

  @Override
  public Batches open(int epoch, int firstStep) {
    int[] order =
        seed == null
            ? IntStream.range(0, examples()).toArray()
            : RandomStream.of(seed, "order", epoch).permutation(examples());
    return new Batches() {
      private int step = firstStep;

      @Override
      public Batch next() {
        return step < steps() ? batch(order, step++) : null;
      }

      @Override
      public void close() {}
    };
  }

  private Batch batch(int[] order, int step) {
    int from = step * batchSize;
    int[] chosen =
        IntStream.range(from, Math.min(from + batchSize, order.length))
            .map(i -> order[i])
            .toArray();
    Tensor examples = rows(x, chosen);
    return labels == null
        ? new Batch(examples, rows(y, chosen))
        : new Batch(examples, IntStream.of(chosen).map(n -> labels[n]).toArray());
  }

  private static Tensor rows(Tensor all, int[] chosen) {
    int[] dims = all.shape().toArray();
    int length = all.size() / dims[0];
    dims[0] = chosen.length;
    Tensor rows = Tensor.zeros(Shape.of(dims));
    for (int i = 0; i < chosen.length; i++) {
      System.arraycopy(all.data(), chosen[i] * length, rows.data(), i * length, length);
    }
    return rows;
  }
}
