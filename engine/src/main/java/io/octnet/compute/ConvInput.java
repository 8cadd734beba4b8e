package io.octnet.compute;

/**
 * What a convolution reads: {@code x}, or {@code scale[c] * x + shift[c]} computed while it is
 * gathered, so that a batch norm in front costs no pass over memory. Padding is zero after the
 * scaling, as if the scaled tensor existed.
 *
 * @param x (N, H, W, C)
 * @param scale (C), or null for x itself
 * @param shift (C), null exactly where {@code scale} is
 * @param relu whether negative values of the scaled input count as 0
 */
public record ConvInput(float[] x, float[] scale, float[] shift, boolean relu) {

  public ConvInput {
    if ((scale == null) != (shift == null)) {
      throw new IllegalArgumentException(
          "scale and shift of a convolution's input come together or not at all");
    }
  }

  /** The plain input. */
  public static ConvInput of(float[] x) {
    return new ConvInput(x, null, null, false);
  }

  /** Whether x is read as it is. */
  public boolean isPlain() {
    return scale == null && !relu;
  }
}
