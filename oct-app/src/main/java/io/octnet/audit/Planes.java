package io.octnet.audit;

/** Small operations on square planes of numbers. */
final class Planes {
  private Planes() {}

  /** The mean over {@code (2 radius + 1)^2} pixels, the rim repeated beyond the rim. */
  static float[] box(float[] plane, int size, int radius) {
    return boxAlongRows(boxAlongRows(plane, size, radius), size, radius);
  }

  /** Along rows, with the result transposed, so that applying it twice covers both directions. */
  private static float[] boxAlongRows(float[] plane, int size, int radius) {
    float[] out = new float[plane.length];
    float scale = 1f / (2 * radius + 1);
    for (int y = 0; y < size; y++) {
      for (int x = 0; x < size; x++) {
        float sum = 0;
        for (int d = -radius; d <= radius; d++) {
          sum += plane[y * size + Math.clamp(x + d, 0, size - 1)];
        }
        out[x * size + y] = sum * scale;
      }
    }
    return out;
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
