package io.octnet.compute.simd;

import io.octnet.compute.ConvGeometry;

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
   * F(4x4, 3x3) by Winograd's minimal filtering (Lavin and Gray, 2016): 36 multiplications for 16
   * outputs of 9 each, at the price of a little rounding. 3x3, stride 1, channels in whole slabs of
   * 16.
   */
  WINOGRAD;

  /** Whether this algorithm serves the shape in all three directions. */
  public boolean serves(ConvGeometry g) {
    return this == IM2COL
        || (g.kernelHeight() == 3
            && g.kernelWidth() == 3
            && g.strideHeight() == 1
            && g.strideWidth() == 1
            && g.dilationHeight() == 1
            && g.dilationWidth() == 1
            && Math.max(g.padTop(), g.padLeft()) <= 2
            && g.inChannels() % Width.SLAB == 0
            && g.outChannels() % Width.SLAB == 0);
  }

  /** Winograd wherever it is defined and the picture has more than a tile; else im2col. */
  static Algorithm choose(ConvGeometry g, Algorithm forced) {
    if (forced != null && forced.serves(g)) {
      return forced;
    }
    boolean large = g.outHeight() >= 4 && g.outWidth() >= 4;
    return forced == null && large && WINOGRAD.serves(g) ? WINOGRAD : IM2COL;
  }
}
