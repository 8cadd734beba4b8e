package io.octnet.ops;

import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;
import io.octnet.text.Text;
import java.util.Locale;

/** The complaints of the ops: the op, what was received, what was expected. */
final class Check {
  private Check() {}

  /** The tensor must have exactly this shape. */
  static void shape(String op, String name, Tensor tensor, Shape expected) {
    if (!tensor.shape().equals(expected)) {
      throw new IllegalArgumentException(
          Text.format(
              "%s: %s must have shape %s, received %s", op, name, expected, tensor.shape()));
    }
  }

  /** The tensor must have this many axes, which {@code axes} names: {@code (N, H, W, C)}. */
  static void rank(String op, String name, Tensor tensor, int rank, String axes) {
    rank(op, name, tensor.shape(), rank, axes);
  }

  /** The shape must have this many axes, which {@code axes} names: {@code (N, H, W, C)}. */
  static void rank(String op, String name, Shape shape, int rank, String axes) {
    if (shape.rank() != rank) {
      throw new IllegalArgumentException(
          Text.format(
              "%s: %s must have %d axes %s, received shape %s", op, name, rank, axes, shape));
    }
  }

  /** The tensor must have at least this many axes. */
  static void rankAtLeast(String op, String name, Tensor tensor, int rank) {
    if (tensor.shape().rank() < rank) {
      throw new IllegalArgumentException(
          Text.format(
              "%s: %s must have at least %d axes, received shape %s",
              op, name, rank, tensor.shape()));
    }
  }

  /** The length of an axis as an int. */
  static int axis(String op, long length) {
    that(
        length <= Integer.MAX_VALUE,
        op,
        "the result has an axis of %d, more than 2^31 - 1",
        length);
    return (int) length;
  }

  /** Any other condition; the message is completed by the op's name. */
  static void that(boolean condition, String op, String message, Object... values) {
    if (!condition) {
      throw new IllegalArgumentException(op + ": " + String.format(Locale.ROOT, message, values));
    }
  }
}
