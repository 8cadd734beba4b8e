package io.octnet.opencl;

import io.octnet.compute.ConvGeometry;

/**
 * Into how many parts the long sums of a convolution's weight gradient are cut, so that the device
 * has enough groups to run; by shape alone, so that results are the same on every device.
 */
final class Parts {
  private static final int WANTED_GROUPS = 512;
  private static final int SHORTEST = 512;
  private static final int LARGEST_ELEMENTS = 1 << 24;

  private Parts() {}

  static int of(ConvGeometry g) {
    int rows = g.kernelHeight() * g.kernelWidth() * g.inChannels();
    int groups =
        Math.ceilDiv(rows, TileKernel.TILE) * Math.ceilDiv(g.outChannels(), TileKernel.TILE);
    int length = g.batch() * g.outHeight() * g.outWidth();
    int wanted =
        Math.min(
            Math.min(Math.ceilDiv(WANTED_GROUPS, groups), Math.ceilDiv(length, SHORTEST)),
            Math.max(1, LARGEST_ELEMENTS / g.kernelSize()));
    return Math.ceilDiv(length, share(g, wanted)); // shares are whole slices: fewer may do
  }

  /** How many places each part sums, the last one fewer. */
  static int share(ConvGeometry g, int parts) {
    int length = g.batch() * g.outHeight() * g.outWidth();
    return Math.ceilDiv(Math.ceilDiv(length, parts), TileKernel.SLICE) * TileKernel.SLICE;
  }
}
