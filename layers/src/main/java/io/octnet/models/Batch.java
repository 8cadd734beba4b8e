package io.octnet.models;

import io.octnet.tensor.Tensor;
import io.octnet.text.Text;

/**
 * Some examples and their classes.
 *
 * @param x the batch axis, then the model's input shape: (N, H, W, C) for images
 * @param labels (N), numbers of classes
 */
public record Batch(Tensor x, int[] labels) {
  public Batch {
    if (x.shape().rank() < 1 || x.dim(0) != labels.length) {
      throw new IllegalArgumentException(
          Text.format(
              "a batch of shape %s needs %s labels, received %d",
              x.shape(), x.shape().rank() < 1 ? "no" : x.dim(0), labels.length));
    }
  }

  /** The number of examples. */
  public int size() {
    return labels.length;
  }
}
