package io.octnet.images;

import io.octnet.random.RandomStream;

/**
 * Small random changes to a picture, drawn anew in every epoch: turned, shifted, mirrored left to
 * right, brightened or darkened.
 *
 * <p>Mirroring turns a right eye into a left one (the optic disc changes sides). None of the
 * findings looked for depends on the eye, so it is on in {@link #LIGHT}; top and bottom are never
 * swapped, since the layers have an order. What leaves the picture is replaced by its rim.
 *
 * @param shift largest shift along an axis, as a share of the side
 * @param degrees largest turn, to either side
 * @param brightness largest relative change of all samples
 * @param mirror whether half of the pictures are mirrored
 */
public record Augment(double shift, double degrees, double brightness, boolean mirror) {
  /** The picture as it is. */
  public static final Augment NONE = new Augment(0, 0, 0, false);

  /** {@code --augment light}. */
  public static final Augment LIGHT = new Augment(0.04, 5, 0.1, true);

  /**
   * Changes a square picture; what is changed depends on {@code random} alone.
   *
   * @param source {@code (size, size, channels)}
   * @param out receives as much
   */
  void apply(byte[] source, byte[] out, int size, int channels, RandomStream random) {
    double angle = StrictMath.toRadians(degrees * symmetric(random));
    double dx = shift * size * symmetric(random);
    double dy = shift * size * symmetric(random);
    float gain = (float) (1 + brightness * symmetric(random));
    boolean mirrored = mirror && random.nextDouble() < 0.5;
    double cos = StrictMath.cos(angle);
    double sin = StrictMath.sin(angle);
    double centre = (size - 1) / 2.0;
    for (int y = 0; y < size; y++) {
      for (int x = 0; x < size; x++) {
        double right = x - centre - dx;
        double down = y - centre - dy;
        double u = cos * right + sin * down;
        double v = cos * down - sin * right;
        int at = (y * size + x) * channels;
        sample(source, centre + (mirrored ? -u : u), centre + v, size, channels, gain, out, at);
      }
    }
  }

  private static double symmetric(RandomStream random) {
    return 2 * random.nextDouble() - 1;
  }

  /** Bilinear, beyond the rim the rim. */
  private static void sample(
      byte[] source, double u, double v, int size, int channels, float gain, byte[] out, int at) {
    double x = Math.clamp(u, 0, size - 1);
    double y = Math.clamp(v, 0, size - 1);
    int left = (int) x;
    int top = (int) y;
    int step = left < size - 1 ? channels : 0;
    int line = top < size - 1 ? size * channels : 0;
    float fx = (float) (x - left);
    float fy = (float) (y - top);
    int k = (top * size + left) * channels;
    for (int c = 0; c < channels; c++, k++) {
      float upper = (source[k] & 0xff) * (1 - fx) + (source[k + step] & 0xff) * fx;
      float lower = (source[k + line] & 0xff) * (1 - fx) + (source[k + line + step] & 0xff) * fx;
      float value = gain * (upper * (1 - fy) + lower * fy);
      out[at + c] = (byte) Math.min(255, (int) (value + 0.5f));
    }
  }
}
