package io.octnet.models;

import io.octnet.ops.Targets;
import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;
import io.octnet.text.Text;

/**
 * Some examples, and their classes or what the output should be: one of the two.
 *
 * @param x the batch axis, then the model's input shape: (N, H, W, C) for images
 * @param labels (N), numbers of classes; null if y is given
 * @param y (N, ...), the batch axis, then the model's output shape; null if labels are given
 */
public record Batch(Tensor x, int[] labels, Tensor y) {
  public Batch {
    if ((labels == null) == (y == null)) {
      throw new IllegalArgumentException("a batch has either labels or y");
    }
    boolean axes = x.shape().rank() >= 1 && (y == null || y.shape().rank() >= 1);
    int targets = y == null ? labels.length : axes ? y.dim(0) : 0;
    if (!axes || x.dim(0) != targets) {
      throw new IllegalArgumentException(
          Text.format(
              "a batch of shape %s needs %s labels, received %d",
              x.shape(), x.shape().rank() < 1 ? "no" : x.dim(0), targets));
    }
  }

  /** Examples and their classes. */
  public Batch(Tensor x, int[] labels) {
    this(x, labels, null);
  }

  /** Examples and what the output should be. */
  public Batch(Tensor x, Tensor y) {
    this(x, null, y);
  }

  /** The number of examples. */
  public int size() {
    return x.dim(0);
  }

  /**
   * What a loss compares with an output. Labels are one-hot, but numbers themselves, 0 or 1 say,
   * where there is one output that is no softmax.
   */
  Targets targets(Tensor output, boolean softmax) {
    if (labels == null) {
      return Targets.values(y);
    }
    int outputs = output.size() / output.dim(0);
    if (softmax || outputs > 1) {
      return Targets.of(labels, outputs);
    }
    float[] values = new float[labels.length];
    for (int n = 0; n < values.length; n++) {
      values[n] = labels[n];
    }
    return Targets.values(Tensor.of(Shape.of(values.length), values));
  }
}
