package io.octnet.compute.simd.winograd;

import io.octnet.compute.ConvGeometry;
import io.octnet.compute.Epilogue;
import io.octnet.compute.Settings;
import io.octnet.compute.simd.channels.SimdChannels;
import io.octnet.compute.simd.channels.SimdElementwise;
import io.octnet.compute.simd.convolution.Panels;
import io.octnet.compute.simd.convolution.Source;
import io.octnet.compute.simd.convolution.StoredSums;
import io.octnet.compute.simd.kernel.Width;
import io.octnet.compute.simd.threads.Scratch;
import io.octnet.compute.simd.threads.Workers;
import io.octnet.tensor.BufferPool;

/**
 * Forward and backward-data of a 3x3 convolution by F(4x4, 3x3): {@code Y = A^T [(G g G^T) * (B^T d
 * B)] A} per tile. A group of tile rows is brought to the 36 points, multiplied with the
 * transformed kernel, one small gemm a point, and brought back with bias and ReLU, all in scratch
 * that fits L2.
 */
public final class WinogradConv {
  private static final int POINTS = 36;

  /** Bytes of L2 to count on. */
  private static final int CACHE = Settings.l2Bytes() / 4 * 3;

  private static final int FEWEST_TILES = 84; // whole blocks of 6 and of 14
  private static final int TASKS = 8;
  private static final int SMALL = 14; // pixels down
  private static final int MOST_TILES = 128; // of small pictures, read by all threads

  private final TransformedKernel kernel;
  private final int images;
  private final int inHeight;
  private final int inWidth;
  private final int depth; // channels read
  private final int outHeight;
  private final int outWidth;
  private final int columns; // channels written
  private final int padTop;
  private final int padLeft;

  private WinogradConv(
      boolean rotated,
      int images,
      int inHeight,
      int inWidth,
      int depth,
      int outHeight,
      int outWidth,
      int columns,
      int padTop,
      int padLeft) {
    this.kernel = new TransformedKernel(rotated, depth, columns);
    this.images = images;
    this.inHeight = inHeight;
    this.inWidth = inWidth;
    this.depth = depth;
    this.outHeight = outHeight;
    this.outWidth = outWidth;
    this.columns = columns;
    this.padTop = padTop;
    this.padLeft = padLeft;
  }

  public static WinogradConv forward(ConvGeometry g) {
    return new WinogradConv(
        false,
        g.batch(),
        g.height(),
        g.width(),
        g.inChannels(),
        g.outHeight(),
        g.outWidth(),
        g.outChannels(),
        g.padTop(),
        g.padLeft());
  }

  /** The convolution of dy with the kernel turned by 180 degrees, its channels exchanged. */
  public static WinogradConv backwardData(ConvGeometry g) {
    return new WinogradConv(
        true,
        g.batch(),
        g.outHeight(),
        g.outWidth(),
        g.outChannels(),
        g.height(),
        g.width(),
        g.inChannels(),
        2 - g.padTop(),
        2 - g.padLeft());
  }

  /** Floats of the transformed kernel. */
  public int weightsLength() {
    return kernel.length();
  }

  /** Transforms a kernel. */
  public void transformKernel(Workers workers, float[] from, float[] to) {
    kernel.transform(workers, from, to);
  }

  /**
   * Tile rows of a group, so that its two slabs and the weights share L2, but enough tiles to read
   * the weights for: measured, fewer than 84 are slower even where they fit. A single picture still
   * feeds several threads.
   */
  private int groupRows(int tilesAcross, int tilesDown) {
    long weights = 4L * weightsLength();
    long perTile = 4L * POINTS * (depth + kernel.panels() * Width.COLS);
    int tiles = (int) Math.max(FEWEST_TILES, (CACHE - weights) / perTile);
    int most = images * tilesDown;
    if (isSmall()) {
      tiles = MOST_TILES;
    } else {
      most = Math.max(Math.ceilDiv(14, tilesAcross), Math.ceilDiv(most, TASKS));
    }
    return Math.clamp((tiles + tilesAcross / 2) / tilesAcross, 1, most);
  }

  /** y: (images, outHeight, outWidth, columns). */
  public void run(
      Workers workers,
      BufferPool pool,
      Source source,
      float[] weights,
      Epilogue epilogue,
      float[] y) {
    float[] residual = epilogue.residual() == y ? pool.acquire(y.length) : null;
    if (residual == null) {
      run(workers, pool, new Pass(source, weights, epilogue, y));
      return;
    }
    System.arraycopy(y, 0, residual, 0, y.length); // y is written before the sum is taken
    Epilogue apart = new Epilogue(epilogue.bias(), residual, epilogue.relu(), epilogue.sums());
    run(workers, pool, new Pass(source, weights, apart, y));
    pool.release(residual);
  }

  private void run(Workers workers, BufferPool pool, Pass pass) {
    if (isSmall()) {
      pass.byPoints(workers, pool);
    } else {
      workers.parallelFor(pass.groups, pass::runGroup);
    }
    pass.finish(workers);
  }

  /**
   * Small pictures have few tiles for many weights: those are read once for all tiles, by all
   * threads together.
   */
  private boolean isSmall() {
    return outHeight <= SMALL;
  }

  /** One convolution on its way through the points. */
  private final class Pass {
    private final Source source;
    private final float[] weights;
    private final Epilogue epilogue;
    private final float[] y;
    private final int across = (outWidth + 3) / 4;
    private final int down = (outHeight + 3) / 4;
    private final int rows = groupRows(across, down);
    private final int groups = Math.ceilDiv(images * down, rows);
    private final int tiles = Width.roundUp(rows * across, Width.ROWS);
    private final int inPlane = depth * tiles + Width.SLAB;
    private final int outPlane = kernel.panels() * Width.COLS * tiles + Width.SLAB;
    private final int[] offsets = Panels.slabOffsets(depth, tiles);
    private final WinogradTiles input =
        new WinogradTiles(inHeight, inWidth, depth, 6, padTop, padLeft, across);
    private final float[] bias = new float[columns];
    private final boolean late; // whether a sum and its ReLU are left to a pass of their own
    private final float least;
    private final StoredSums sums;

    Pass(Source source, float[] weights, Epilogue epilogue, float[] y) {
      this.source = source;
      this.weights = weights;
      this.epilogue = epilogue;
      this.y = y;
      this.late = epilogue.residual() != null;
      this.least = epilogue.relu() && !late ? 0 : Float.NEGATIVE_INFINITY;
      boolean summed = !late && epilogue.sums() != null;
      this.sums = summed ? new StoredSums(isSmall() ? images * down : groups, columns) : null;
      if (epilogue.bias() != null) {
        System.arraycopy(epilogue.bias(), 0, bias, 0, columns);
      }
    }

    /** Rows of tiles of a group. */
    private int count(int group) {
      return Math.min(rows, images * down - group * rows);
    }

    /** One group by one thread. */
    void runGroup(int group) {
      float[] in = Scratch.floats(Scratch.Use.INPUT, POINTS * inPlane);
      float[] out = Scratch.floats(Scratch.Use.OUTPUT, POINTS * outPlane);
      StoredSums.Task stored = sums == null ? null : sums.task(group);
      for (int i = 0; i < count(group); i++) {
        forth(group, i, in);
      }
      for (int point = 0; point < POINTS; point++) {
        multiply(group, point, in, out);
      }
      for (int i = 0; i < count(group); i++) {
        back(group, i, out, stored);
      }
    }

    /** All threads on one group after another: first on its rows, then on points, then on rows. */
    void byPoints(Workers workers, BufferPool pool) {
      float[] in = pool.acquire(POINTS * inPlane);
      float[] out = pool.acquire(POINTS * outPlane);
      for (int g = 0; g < groups; g++) {
        int group = g;
        workers.parallelFor(count(group), i -> forth(group, i, in));
        workers.parallelFor(POINTS, point -> multiply(group, point, in, out));
        workers.parallelFor(
            count(group),
            i -> back(group, i, out, sums == null ? null : sums.task(group * rows + i)));
      }
      pool.release(in);
      pool.release(out);
    }

    /** A row of tiles to the points. */
    private void forth(int group, int i, float[] in) {
      int row = group * rows + i;
      input.transformRow(source, row / down, row % down, in, i * across, tiles, inPlane);
    }

    private void multiply(int group, int point, float[] in, float[] out) {
      int used = count(group) * across;
      for (int p = 0; p < kernel.panels(); p++) {
        int weightsAt = (point * kernel.panels() + p) * depth * Width.COLS;
        int channel = p * Width.COLS;
        int to =
            point * outPlane + channel / Width.SLAB * tiles * Width.SLAB + channel % Width.SLAB;
        for (int t = 0; t < used; t += Width.ROWS) {
          Width.panel(
              offsets.length,
              offsets,
              in,
              point * inPlane + t * Width.SLAB,
              weights,
              weightsAt,
              out,
              to + t * Width.SLAB,
              Width.SLAB,
              tiles * Width.SLAB);
        }
      }
    }

    /** A row of tiles from the points to y. */
    private void back(int group, int i, float[] out, StoredSums.Task stored) {
      int row = group * rows + i;
      WinogradConv.this.back(
          out, outPlane, i * across, tiles, row / down, row % down, bias, least, y, stored);
    }

    /** The sum and its ReLU, the sums of what was stored. */
    void finish(Workers workers) {
      if (late) {
        addResidual(workers, epilogue, y);
      }
      if (sums != null) {
        sums.finish(epilogue.sums());
      } else if (epilogue.sums() != null) {
        SimdChannels.sums(workers, images * outHeight * outWidth, columns, y, epilogue.sums());
      }
    }
  }

  /** One row of tiles from the points to y: along the rows first, then down the columns. */
  private void back(
      float[] out,
      int plane,
      int tileAt,
      int tiles,
      int image,
      int tileRow,
      float[] bias,
      float least,
      float[] y,
      StoredSums.Task stored) {
    int across = (outWidth + 3) / 4;
    int slice = columns >= 256 ? 256 : 64;
    int sliceTiles = columns >= 256 ? 7 : 14;
    int rows = Math.min(4, outHeight - tileRow * 4);
    for (int first = 0; first < across; first += sliceTiles) {
      int count = Math.min(sliceTiles, across - first);
      int pixels = Math.min(count * 4, outWidth - first * 4);
      for (int k = 0; k < columns; k += slice) {
        int channels = Math.min(slice, columns - k);
        int row = count * 4 * channels;
        float[] half = Scratch.floats(Scratch.Use.COLUMNS, 6 * row);
        for (int slab = 0; slab < channels; slab += Width.SLAB) {
          int from = (k + slab) * tiles + (tileAt + first) * Width.SLAB;
          for (int i = 0; i < 6; i++) {
            WinogradTransforms.outputSlabs(
                out,
                i * 6 * plane + from,
                plane,
                half,
                i * row + slab,
                channels,
                4 * channels,
                count);
          }
        }
        int to = ((image * outHeight + tileRow * 4) * outWidth + first * 4) * columns + k;
        WinogradTransforms.outputStore(
            half,
            0,
            row,
            channels,
            y,
            to,
            outWidth * columns,
            columns,
            pixels,
            channels,
            rows,
            bias,
            k,
            least);
        for (int r = 0; stored != null && r < rows; r++) {
          stored.add(y, to + r * outWidth * columns, pixels, columns, k, channels);
        }
      }
    }
  }

  private void addResidual(Workers workers, Epilogue epilogue, float[] y) {
    int size = images * outHeight * outWidth * columns;
    SimdElementwise.ranges(
        workers,
        size,
        (from, to) -> {
          SimdElementwise.add(from, to, y, epilogue.residual(), y);
          if (epilogue.relu()) {
            SimdElementwise.unary(io.octnet.compute.Unary.RELU, 0, from, to, y, y);
          }
        });
  }
}
