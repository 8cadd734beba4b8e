package io.octnet.compute.simd.threads;

/**
 * Private memory of a worker thread, kept between calls: one growing array for each purpose.
 * Contents are undefined.
 */
public final class Scratch {
  /** What an array is for; a kernel may hold one of each at a time. */
  public enum Use {
    INPUT,
    OUTPUT,
    ROWS,
    COLUMNS,
    BORDER,
    TILE
  }

  private static final ThreadLocal<float[][]> ARRAYS =
      ThreadLocal.withInitial(() -> new float[Use.values().length][0]);

  private Scratch() {}

  /** An array of at least {@code length} floats. */
  public static float[] floats(Use use, int length) {
    float[][] arrays = ARRAYS.get();
    if (arrays[use.ordinal()].length < length) {
      arrays[use.ordinal()] = new float[length];
    }
    return arrays[use.ordinal()];
  }
}
