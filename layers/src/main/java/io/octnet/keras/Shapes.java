package io.octnet.keras;

import java.util.Arrays;

/** Shapes in words, and compared. */
final class Shapes {
  private Shapes() {}

  /** As NumPy prints it: {@code (3, 3, 32, 64)}. */
  static String text(int[] shape) {
    return text(Arrays.stream(shape).asLongStream().toArray());
  }

  static String text(long[] shape) {
    return Arrays.toString(shape).replace('[', '(').replace(']', ')');
  }

  static boolean same(long[] stored, int[] expected) {
    return Arrays.equals(stored, Arrays.stream(expected).asLongStream().toArray());
  }
}
