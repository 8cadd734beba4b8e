package io.octnet.compute.simd;

import io.octnet.compute.ConvGeometry;
import io.octnet.compute.simd.kernel.Width;

/**
 * How a convolution is computed. The table is {@link #choose}; {@code -Doctnet.conv.algorithm=NAME}
 * or the constructor of {@link SimdCompute} forces one, for every shape that it can serve.
 */
public enum Algorithm {
  /**
   * Gathers the im2col matrix piece by piece: any kernel, stride, padding, dilation. The reference.
   */
  IM2COL,
  /**
   * Reads the taps from rows of the picture by a table of offsets, with no copy per tap. Any
   * kernel; backward-data at stride 1 only.
   */
  DIRECT,
  /**
   * F(4x4, 3x3) by Winograd's minimal filtering (Lavin and Gray, 2016): 36 multiplications for 16
   * outputs of 9 each, at the price of a little rounding. 3x3, stride 1, channels in whole slabs of
   * 16.
   */
  WINOGRAD;

  /** What is computed: y, dx or dKernel. */
  public enum Direction {
    FORWARD,
    BACKWARD_DATA,
    BACKWARD_WEIGHTS
  }

  /** Below this width a row holds too few pixels for the micro-kernel's tiles. */
  private static final int DIRECT_WIDTH = 14;

  /** Whether this algorithm serves the shape in this direction. */
  public boolean serves(ConvGeometry g, Direction direction) {
    boolean unitStride = g.strideHeight() == 1 && g.strideWidth() == 1;
    return switch (this) {
      case IM2COL -> true;
      case DIRECT -> unitStride || direction != Direction.BACKWARD_DATA;
      case WINOGRAD ->
          unitStride
              && g.kernelHeight() == 3
              && g.kernelWidth() == 3
              && g.dilationHeight() == 1
              && g.dilationWidth() == 1
              && Math.max(g.padTop(), g.padLeft()) <= 2
              && g.inChannels() % Width.SLAB == 0
              && g.outChannels() % Width.SLAB == 0;
    };
  }

  /** What {@link SimdCompute} takes for a shape when none is forced. */
  public static Algorithm of(ConvGeometry g, Direction direction) {
    return choose(g, direction, null);
  }

  /**
   * The table, the first line that fits:
   *
   * <ul>
   *   <li>what is forced, where it serves
   *   <li>3x3, stride 1, whole slabs of channels, a picture of 4x4 or more: WINOGRAD
   *   <li>a kernel with more than one tap, rows of 14 pixels or more: DIRECT
   *   <li>all else, 1x1 among it: IM2COL
   * </ul>
   */
  static Algorithm choose(ConvGeometry g, Direction direction, Algorithm forced) {
    if (forced != null) {
      return forced.serves(g, direction) ? forced : IM2COL;
    }
    if (WINOGRAD.serves(g, direction) && g.outHeight() >= 4 && g.outWidth() >= 4) {
      return WINOGRAD;
    }
    boolean taps = g.kernelHeight() * g.kernelWidth() > 1;
    boolean wide = g.outWidth() >= DIRECT_WIDTH;
    return taps && wide && DIRECT.serves(g, direction) ? DIRECT : IM2COL;
  }
}
