package io.octnet.audit;

import java.util.Arrays;

/** Small operations on square planes of numbers. */
final class Planes {
  private Planes() {}

  /** The sum over {@code (2 radius + 1)^2} pixels, the rim repeated beyond the rim. */
  static int[] boxSum(int[] plane, int size, int radius) {
    int[] rows = new int[plane.length];
    int[] row = new int[size + 2 * radius];
    for (int y = 0; y < size; y++) {
      System.arraycopy(plane, y * size, row, radius, size);
      Arrays.fill(row, 0, radius, row[radius]);
      Arrays.fill(row, radius + size, row.length, row[radius + size - 1]);
      sumAlong(row, radius, rows, y * size, size);
    }
    int[] out = new int[plane.length];
    int[] sum = new int[size];
    for (int y = -2 * radius; y < size; y++) { // a row comes in, and the last of the window goes
      int in = Math.clamp(y + radius, 0, size - 1) * size;
      for (int x = 0; x < size; x++) {
        sum[x] += rows[in + x];
      }
      if (y >= 0) {
        System.arraycopy(sum, 0, out, y * size, size);
        int gone = Math.max(y - radius, 0) * size;
        for (int x = 0; x < size; x++) {
          sum[x] -= rows[gone + x];
        }
      }
    }
    return out;
  }

  private static void sumAlong(int[] row, int radius, int[] out, int at, int size) {
    int sum = 0;
    for (int x = 0; x < 2 * radius; x++) {
      sum += row[x];
    }
    for (int x = 0; x < size; x++) {
      sum += row[x + 2 * radius];
      out[at + x] = sum;
      sum -= row[x];
    }
  }

  /** Mirrored left to right. */
  static byte[] mirror(byte[] plane, int size) {
    byte[] out = new byte[plane.length];
    for (int i = 0; i < plane.length; i++) {
      out[i] = plane[i - i % size + size - 1 - i % size];
    }
    return out;
  }
}
