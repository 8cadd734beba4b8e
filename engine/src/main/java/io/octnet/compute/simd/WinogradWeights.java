package io.octnet.compute.simd;

import io.octnet.compute.ConvGeometry;
import io.octnet.tensor.BufferPool;

/**
 * Backward-weights of a 3x3 convolution by F(3x3, 4x4): a 4 x 4 tile of dy plays the kernel, a 6 x
 * 6 tile of x the input, and the result is 3 x 3. The products of the 36 points are summed over all
 * tiles before the one transform back.
 */
final class WinogradWeights {
  private static final int POINTS = 36;

  /** Floats of the two slabs of a group. */
  private static final int SLAB_FLOATS = 3 << 16;

  private final ConvGeometry g;
  private final int columns; // K, padded for the kernel

  WinogradWeights(ConvGeometry g) {
    this.g = g;
    this.columns = Width.roundUp(g.outChannels(), Width.OUTER_COLS);
  }

  // dKernel: (3, 3, C, K)
  void run(Workers workers, BufferPool pool, Source x, Source dy, float[] dKernel) {
    int c = g.inChannels();
    int k = g.outChannels();
    int down = (g.outHeight() + 3) / 4;
    int across = (g.outWidth() + 3) / 4;
    int total = g.batch() * down;
    boolean large = (long) POINTS * c * columns * 4 > 1 << 20; // the sums exceed L2: use them well
    int target = large ? 128 : Math.max(28, SLAB_FLOATS / POINTS / (c + columns));
    int rows = Math.clamp((target + across / 2) / across, 1, total);
    int tiles = Width.roundUp(rows * across, 4);
    WinogradTiles input =
        new WinogradTiles(g.height(), g.width(), c, 6, g.padTop(), g.padLeft(), across);
    WinogradTiles gradient = new WinogradTiles(g.outHeight(), g.outWidth(), k, 4, 0, 0, across);
    int groups = (total + rows - 1) / rows;
    PartialSums sums = new PartialSums(workers, pool, groups, POINTS * c * columns);
    sums.accumulate(
        (group, partial) -> {
          int first = group * rows;
          int count = Math.min(rows, total - first);
          int xPlane = c * tiles + Width.SLAB;
          int dyPlane = Width.roundUp(columns, Width.SLAB) * tiles + Width.SLAB;
          float[] v = Scratch.floats(Scratch.Use.INPUT, POINTS * xPlane);
          float[] z = Scratch.floats(Scratch.Use.OUTPUT, POINTS * dyPlane);
          for (int i = 0; i < count; i++) {
            int row = first + i;
            input.transformRow(x, row / down, row % down, v, i * across, tiles, xPlane);
            gradient.transformRow(dy, row / down, row % down, z, i * across, tiles, dyPlane);
          }
          int used = count * across;
          int padded = Width.roundUp(used, 4);
          for (int point = 0; point < POINTS; point++) {
            zeroTiles(v, point * xPlane, c, tiles, used, padded);
            zeroTiles(z, point * dyPlane, columns, tiles, used, padded);
            multiply(
                v, point * xPlane, z, point * dyPlane, tiles, padded, partial, point * c * columns);
          }
        });
    sums.finish(sum -> workers.parallelFor(c, channel -> back(sum, channel, dKernel)));
  }

  private void zeroTiles(float[] slab, int at, int channels, int tiles, int used, int padded) {
    for (int s = 0; used < padded && s < channels; s += Width.SLAB) {
      Source.zero(slab, at + s * tiles + used * Width.SLAB, (padded - used) * Width.SLAB);
    }
  }

  private void multiply(
      float[] v, int vAt, float[] z, int zAt, int tiles, int padded, float[] sum, int sumAt) {
    int c = g.inChannels();
    for (int column = 0; column < columns; column += Width.OUTER_COLS) {
      int from = zAt + column / Width.SLAB * tiles * Width.SLAB + column % Width.SLAB;
      for (int row = 0; row < c; row += Width.OUTER_ROWS) {
        Width.outer(
            padded,
            v,
            vAt + row / Width.SLAB * tiles * Width.SLAB + row % Width.SLAB,
            z,
            from,
            tiles * Width.SLAB,
            sum,
            sumAt + row * columns + column,
            columns);
      }
    }
  }

  /** A^T D A of one input channel, for all K at once. */
  private void back(float[] sum, int channel, float[] dKernel) {
    int c = g.inChannels();
    int k = g.outChannels();
    float[] half = Scratch.floats(Scratch.Use.ROWS, 18 * k); // [6][3][K]
    for (int i = 0; i < 6; i++) {
      WinogradTransforms.kernelGradient(
          sum, (i * 6 * c + channel) * columns, c * columns, 0, half, i * 3 * k, k, 0, 1, k);
    }
    for (int s = 0; s < 3; s++) {
      WinogradTransforms.kernelGradient(
          half, s * k, 3 * k, 0, dKernel, (s * c + channel) * k, 3 * c * k, 0, 1, k);
    }
  }
}
