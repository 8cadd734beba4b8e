package io.octnet.compute.simd.winograd;

import io.octnet.compute.ConvGeometry;
import io.octnet.compute.simd.convolution.PartialSums;
import io.octnet.compute.simd.convolution.SlabSums;
import io.octnet.compute.simd.convolution.Source;
import io.octnet.compute.simd.kernel.Width;
import io.octnet.compute.simd.threads.Scratch;
import io.octnet.compute.simd.threads.Workers;
import io.octnet.tensor.BufferPool;

/**
 * Backward-weights of a 3x3 convolution by F(3x3, 4x4): a 4 x 4 tile of dy plays the kernel, a 6 x
 * 6 tile of x the input, and the result is 3 x 3. The products of the 36 points are summed over all
 * tiles before the one transform back.
 */
public final class WinogradBackwardWeights {
  private static final int POINTS = 36;

  /**
   * The point 1 in both directions: what a tile of dy is there is the sum of its values, divided by
   * 9. The sum over all tiles is the gradient of a bias.
   */
  private static final int AT_ONE = 7;

  /** Tiles of a group, about: what makes reading and writing the sums worth it. */
  private static final int TILES = 128;

  /** Input channels multiplied with all output channels before the next ones. */
  private static final int CHANNELS = 32;

  /** Floats of sums above which no task gets sums of its own. */
  private static final int LARGE = 1 << 20;

  private final ConvGeometry g;
  private final int columns; // K, padded for the kernel
  private final int products; // 36 C columns
  private final int down; // tiles of a picture
  private final int across;
  private final int total; // rows of tiles of all pictures
  private final int rows; // of a group
  private final int tiles; // of a group, as its slabs hold them
  private final int xPlane;
  private final int dyPlane;
  private final WinogradTiles input;
  private final WinogradTiles gradient;

  public WinogradBackwardWeights(ConvGeometry g) {
    int c = g.inChannels();
    this.g = g;
    this.columns = Width.roundUp(g.outChannels(), Width.OUTER_COLS);
    this.products = POINTS * c * columns;
    this.down = Math.ceilDiv(g.outHeight(), 4);
    this.across = Math.ceilDiv(g.outWidth(), 4);
    this.total = g.batch() * down;
    int most = Math.clamp((TILES + across / 2) / across, 1, total);
    this.rows = Math.ceilDiv(total, Math.ceilDiv(total, most)); // groups of one size, nearly
    this.tiles = Width.roundUp(rows * across, 4);
    this.xPlane = c * tiles + Width.SLAB;
    this.dyPlane = Width.roundUp(columns, Width.SLAB) * tiles + Width.SLAB;
    this.input = new WinogradTiles(g.height(), g.width(), c, 6, g.padTop(), g.padLeft(), across);
    this.gradient =
        new WinogradTiles(g.outHeight(), g.outWidth(), g.outChannels(), 4, 0, 0, across);
  }

  // dKernel: (3, 3, C, K), dBias: (K) or null
  public void run(
      Workers workers, BufferPool pool, Source x, Source dy, float[] dKernel, float[] dBias) {
    if (products > LARGE) {
      float[] sum = pool.acquire(products + columns);
      byPoints(workers, pool, x, dy, sum);
      finish(workers, sum, dKernel, dBias);
      pool.release(sum);
      return;
    }
    PartialSums sums = new PartialSums(workers, pool, groups(), products + columns);
    sums.accumulate(
        (group, partial) -> {
          float[] v = Scratch.floats(Scratch.Use.INPUT, POINTS * xPlane);
          float[] z = Scratch.floats(Scratch.Use.OUTPUT, POINTS * dyPlane);
          for (int i = 0; i < count(group); i++) {
            transform(input, x, group, i, v, xPlane);
            transform(gradient, dy, group, i, z, dyPlane);
          }
          for (int point = 0; point < POINTS; point++) {
            addPoint(point, group, v, z, partial);
          }
        });
    sums.finish(sum -> finish(workers, sum, dKernel, dBias));
  }

  /** All threads on one group after another: a point's sums are the work of one task. */
  private void byPoints(Workers workers, BufferPool pool, Source x, Source dy, float[] sum) {
    float[] v = pool.acquire(POINTS * xPlane);
    float[] z = pool.acquire(POINTS * dyPlane);
    Source.zero(sum, 0, products + columns);
    for (int group = 0; group < groups(); group++) {
      int current = group;
      int count = count(group);
      workers.parallelFor(
          2 * count,
          task -> {
            if (task < count) {
              transform(input, x, current, task, v, xPlane);
            } else {
              transform(gradient, dy, current, task - count, z, dyPlane);
            }
          });
      workers.parallelFor(POINTS, point -> addPoint(point, current, v, z, sum));
    }
    pool.release(v);
    pool.release(z);
  }

  private int groups() {
    return Math.ceilDiv(total, rows);
  }

  /** Rows of tiles of a group. */
  private int count(int group) {
    return Math.min(rows, total - group * rows);
  }

  private void transform(
      WinogradTiles picture, Source source, int group, int i, float[] slabs, int plane) {
    int row = group * rows + i;
    picture.transformRow(source, row / down, row % down, slabs, i * across, tiles, plane);
  }

  /** Adds the products of one point of a group, and the bias's gradient if it is that point. */
  private void addPoint(int point, int group, float[] v, float[] z, float[] sum) {
    int c = g.inChannels();
    int used = count(group) * across;
    int padded = Width.roundUp(used, 4);
    int vAt = point * xPlane;
    int zAt = point * dyPlane;
    zeroTiles(v, vAt, c, used, padded);
    zeroTiles(z, zAt, columns, used, padded);
    multiply(v, vAt, z, zAt, padded, sum, point * c * columns);
    if (point == AT_ONE) {
      SlabSums.add(z, zAt, tiles * Width.SLAB, used, g.outChannels(), sum, products);
    }
  }

  private void finish(Workers workers, float[] sum, float[] dKernel, float[] dBias) {
    workers.parallelFor(g.inChannels(), channel -> back(sum, channel, dKernel));
    for (int i = 0; dBias != null && i < g.outChannels(); i++) {
      dBias[i] = 9 * sum[products + i];
    }
  }

  private void zeroTiles(float[] slab, int at, int channels, int used, int padded) {
    for (int s = 0; used < padded && s < channels; s += Width.SLAB) {
      Source.zero(slab, at + s * tiles + used * Width.SLAB, (padded - used) * Width.SLAB);
    }
  }

  /** Sums [columns / COLS][c][COLS]: a block of channels of v stays in the cache for all of z. */
  private void multiply(
      float[] v, int vAt, float[] z, int zAt, int padded, float[] sum, int sumAt) {
    int c = g.inChannels();
    int slab = tiles * Width.SLAB;
    for (int block = 0; block < c; block += CHANNELS) {
      int end = Math.min(c, block + CHANNELS);
      for (int column = 0; column < columns; column += Width.OUTER_COLS) {
        int from = zAt + column / Width.SLAB * slab + column % Width.SLAB;
        for (int row = block; row < end; row += Width.OUTER_ROWS) {
          Width.outer(
              padded,
              v,
              vAt + row / Width.SLAB * slab + row % Width.SLAB,
              z,
              from,
              slab,
              sum,
              sumAt + column * c + row * Width.OUTER_COLS,
              Width.OUTER_COLS);
        }
      }
    }
  }

  /** A^T D A of one input channel, for all K at once. */
  private void back(float[] sum, int channel, float[] dKernel) {
    int c = g.inChannels();
    int k = g.outChannels();
    float[] half = Scratch.floats(Scratch.Use.ROWS, 18 * columns); // [6][3][columns]
    for (int i = 0; i < 6; i++) {
      WinogradTransforms.kernelGradient(
          sum,
          i * 6 * c * columns + channel * Width.OUTER_COLS,
          c * columns,
          c * Width.OUTER_COLS,
          half,
          i * 3 * columns,
          columns,
          Width.OUTER_COLS,
          columns / Width.OUTER_COLS,
          Width.OUTER_COLS);
    }
    for (int s = 0; s < 3; s++) {
      WinogradTransforms.kernelGradient(
          half, s * columns, 3 * columns, 0, dKernel, (s * c + channel) * k, 3 * c * k, 0, 1, k);
    }
  }
}
