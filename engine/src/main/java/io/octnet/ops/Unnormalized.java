package io.octnet.ops;

import io.octnet.compute.Backend;
import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;

/**
 * A tensor on its way to the batch norm that alone will read it. What computed it may have summed
 * up its channels while storing them, and left the backward rule of its ReLU to the norm, which
 * reads the values anyway: a pass over memory less for each.
 *
 * <p>Until the norm has read it nobody else can, since half of its backward rule would be missing.
 */
public final class Unnormalized {
  private final Tensor x;
  private final double[] sums; // 2 C: of each channel, then of its squares; null: not known
  private final boolean reluPending;

  private Unnormalized(Tensor x, double[] sums, boolean reluPending) {
    this.x = x;
    this.sums = sums;
    this.reluPending = reluPending;
  }

  /** Any tensor; one hold of it passes to the result. */
  public static Unnormalized of(Tensor x) {
    return new Unnormalized(x, null, false);
  }

  /**
   * With what is known of it.
   *
   * @param sums 2 C: the sum of each channel, then the sum of squares
   * @param reluPending whether it was rectified, and the norm's backward rule is to undo that, too
   */
  static Unnormalized of(Tensor x, double[] sums, boolean reluPending) {
    return new Unnormalized(x, sums, reluPending);
  }

  Tensor x() {
    return x;
  }

  boolean reluPending() {
    return reluPending;
  }

  /** The sums of its channels, known or computed: 2 C. */
  double[] sums() {
    if (sums != null) {
      return sums;
    }
    int channels = x.dim(-1);
    double[] computed = new double[2 * channels];
    Backend.compute().channelSums(x.size() / channels, channels, x.data(), computed);
    return computed;
  }

  /** The shape. */
  public Shape shape() {
    return x.shape();
  }

  /**
   * The tensor, for any reader.
   *
   * @throws IllegalStateException if only a norm may read it
   */
  public Tensor tensor() {
    if (reluPending) {
      throw new IllegalStateException(
          "the backward rule of this ReLU was left to a batch norm; nothing else may read it");
    }
    return x;
  }

  /** Gives its hold up. */
  public void release() {
    x.release();
  }
}
