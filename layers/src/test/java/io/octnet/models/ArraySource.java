package io.octnet.models;

import io.octnet.random.RandomStream;
import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;

/** Random examples whose class is a function of their values, in an order shuffled each epoch. */
final class ArraySource implements BatchSource {
  private final Shape shape;
  private final float[][] examples;
  private final int[] labels;
  private final int batchSize;

  ArraySource(Shape shape, int examples, int classes, int batchSize, long seed) {
    this.shape = shape;
    this.examples = new float[examples][shape.size()];
    this.labels = new int[examples];
    this.batchSize = batchSize;
    RandomStream random = RandomStream.of(seed);
    for (int n = 0; n < examples; n++) {
      labels[n] = n % classes;
      for (int i = 0; i < shape.size(); i++) {
        float mark = i % shape.dim(-1) == labels[n] ? 0.7f : 0;
        this.examples[n][i] = random.nextFloat() + mark;
      }
    }
  }

  void spoil(int example, float value) {
    examples[example][0] = value;
  }

  @Override
  public int steps() {
    return (labels.length + batchSize - 1) / batchSize;
  }

  @Override
  public int examples() {
    return labels.length;
  }

  @Override
  public Batches open(int epoch, int firstStep) {
    int[] order = RandomStream.of(3, "shuffle", epoch).permutation(labels.length);
    return new Batches() {
      private int next = firstStep * batchSize;

      @Override
      public Batch next() {
        if (next >= order.length) {
          return null;
        }
        int size = Math.min(batchSize, order.length - next);
        float[] data = new float[size * shape.size()];
        int[] own = new int[size];
        for (int n = 0; n < size; n++) {
          int example = order[next + n];
          System.arraycopy(examples[example], 0, data, n * shape.size(), shape.size());
          own[n] = labels[example];
        }
        next += size;
        return new Batch(
            Tensor.of(Shape.of(size, shape.dim(0), shape.dim(1), shape.dim(2)), data), own);
      }

      @Override
      public void close() {}
    };
  }
}
