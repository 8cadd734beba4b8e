package io.octnet.gradcheck;

import io.octnet.random.RandomStream;
import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;

/**
 * Random shapes, parameters and values for a {@link Trial}.
 *
 * <p>Shapes and parameters are made from a list of choices, 0 giving the smallest, so that a
 * property test can shrink a failure; values come from a seed. All values are multiples of 1/64 of
 * a few bits: they and the steps of {@link GradCheck} are exact in float, and so are most sums of
 * their products.
 */
public final class Draw {
  /** Wider than a step of {@link GradCheck} to either side. */
  private static final float GAP = 0.75f;

  private static final float GRID = 1 / 64f;

  private final int[] choices;
  private final RandomStream values;
  private int next;

  /** Draws that follow the given choices, then choose at random. */
  public Draw(int[] choices, long seed) {
    this.choices = choices.clone();
    this.values = RandomStream.of(seed);
  }

  /** Draws that choose at random. */
  public static Draw random(long seed) {
    return new Draw(new int[0], seed);
  }

  /** A whole number, both ends included. */
  public int between(int least, int most) {
    int range = most - least + 1;
    return least
        + (next < choices.length ? Math.floorMod(choices[next++], range) : values.nextInt(range));
  }

  /** One of these. */
  public int oneOf(int... options) {
    return options[between(0, options.length - 1)];
  }

  /** One of two, no first. */
  public boolean coin() {
    return between(0, 1) == 1;
  }

  /** A channel count, mostly awkward for vectors. */
  public int channels() {
    return oneOf(1, 3, 7, 8, 13, 17);
  }

  /** A shape of this rank with short axes. */
  public Shape shape(int rank) {
    int[] dims = new int[rank];
    for (int i = 0; i < rank; i++) {
      dims[i] = between(1, 5);
    }
    return Shape.of(dims);
  }

  /** Values in [-2, 2). */
  public Tensor values(int... dims) {
    return values(Shape.of(dims));
  }

  /** Values in [-2, 2). */
  public Tensor values(Shape shape) {
    return fill(shape, -128, 128, 0);
  }

  /** Values in [1, 4). */
  public Tensor positive(int... dims) {
    return fill(Shape.of(dims), 64, 256, 0);
  }

  /** Values of either sign, no nearer to 0 than a step reaches. */
  public Tensor awayFromZero(Shape shape) {
    return fill(shape, -128, 128, GAP);
  }

  /** Values of either sign, none of them between {@code -gap} and {@code gap}. */
  public Tensor awayFromZero(Shape shape, float gap) {
    return fill(shape, -128, 128, gap);
  }

  private Tensor fill(Shape shape, int from, int to, float gap) {
    float[] data = new float[shape.size()];
    for (int i = 0; i < data.length; i++) {
      float value = (from + values.nextInt(to - from)) * GRID;
      data[i] = value < 0 ? value - gap : value + gap;
    }
    return Tensor.of(shape, data);
  }

  /**
   * Images, (N, H, W, C), whose values within a channel differ from each other by more than a step
   * reaches: no ties for a maximum.
   */
  public Tensor distinct(Shape images) {
    int positions = images.dim(1) * images.dim(2);
    int channels = images.dim(3);
    float[] data = new float[images.size()];
    for (int n = 0; n < images.dim(0); n++) {
      for (int c = 0; c < channels; c++) {
        int[] order = values.permutation(positions);
        for (int i = 0; i < positions; i++) {
          data[(n * positions + i) * channels + c] = (order[i] - positions / 2) * GAP;
        }
      }
    }
    return Tensor.of(images, data);
  }

  /** Positive rows that add up to about 1, not exactly. */
  public Tensor distributions(int rows, int classes) {
    Tensor positive = positive(rows, classes);
    for (int i = 0; i < positive.size(); i++) {
      positive.data()[i] /= 2.5f * classes;
    }
    return positive;
  }

  /** Classes. */
  public int[] labels(int count, int classes) {
    int[] labels = new int[count];
    for (int i = 0; i < count; i++) {
      labels[i] = values.nextInt(classes);
    }
    return labels;
  }

  /** A seed for whatever needs one. */
  public long seed() {
    return values.nextLong();
  }
}
