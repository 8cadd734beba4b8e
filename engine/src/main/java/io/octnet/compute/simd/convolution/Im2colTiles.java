package io.octnet.compute.simd.convolution;

import io.octnet.compute.Epilogue;
import io.octnet.compute.simd.kernel.Width;
import io.octnet.compute.simd.threads.Scratch;
import java.util.Arrays;

/**
 * A few pixels through all panels of weights: what was gathered stays in L1, and y and the residual
 * are read and written in their order, which the processor foresees.
 */
public final class Im2colTiles {
  private final Im2col.Gather gather;
  private final int[] offsets;
  private final int slab;
  private final Panels weights;
  private final float[] bias;
  private final float[] residual;
  private final float least;
  private final int columns;
  private final float[] y;

  /**
   * @param depth values of a gathered pixel
   * @param y (pixels, columns of the panels)
   */
  Im2colTiles(Im2col.Gather gather, int depth, Panels weights, Epilogue epilogue, float[] y) {
    this.gather = gather;
    this.offsets = Panels.slabOffsets(depth, Width.ROWS);
    this.slab = Width.roundUp(depth, Width.SLAB) * Width.ROWS;
    this.weights = weights;
    this.bias = epilogue.bias();
    this.residual = epilogue.residual();
    this.least = epilogue.relu() ? 0 : Float.NEGATIVE_INFINITY;
    this.columns = weights.columns();
    this.y = y;
  }

  /** Pixels {@code first} and at most ROWS - 1 more. */
  void multiply(int first, int rows) {
    float[] x = Scratch.floats(Scratch.Use.INPUT, slab);
    gather.into(first, rows, x, 0, Width.ROWS);
    for (int p = 0; p < weights.count(); p++) {
      int channel = p * Width.COLS;
      int width = Math.min(Width.COLS, columns - channel);
      int to = first * columns + channel;
      if (rows == Width.ROWS && width == Width.COLS) {
        whole(x, p, channel, to);
      } else {
        edge(x, p, channel, to, rows, width);
      }
    }
  }

  private void whole(float[] x, int p, int channel, int to) {
    boolean biased = bias != null;
    boolean added = residual != null;
    layer(
        x,
        p,
        biased ? bias : Width.ZEROS,
        biased ? channel : 0,
        added ? residual : Width.ZEROS,
        added ? to : 0,
        added ? columns : 0,
        y,
        to,
        columns);
  }

  /** What does not fill a tile, by the same arithmetic, in a tile aside. */
  private void edge(float[] x, int p, int channel, int to, int rows, int width) {
    float[] tile = Scratch.floats(Scratch.Use.TILE, (Width.ROWS + 1) * Width.COLS);
    int biasAt = Width.ROWS * Width.COLS;
    Arrays.fill(tile, 0, biasAt + Width.COLS, 0);
    if (bias != null) {
      System.arraycopy(bias, channel, tile, biasAt, width);
    }
    for (int i = 0; residual != null && i < rows; i++) {
      System.arraycopy(residual, to + i * columns, tile, i * Width.COLS, width);
    }
    layer(x, p, tile, biasAt, tile, 0, Width.COLS, tile, 0, Width.COLS);
    for (int i = 0; i < rows; i++) {
      System.arraycopy(tile, i * Width.COLS, y, to + i * columns, width);
    }
  }

  private void layer(
      float[] x,
      int p,
      float[] biases,
      int biasAt,
      float[] start,
      int startAt,
      int startStride,
      float[] to,
      int toAt,
      int stride) {
    Width.layer(
        weights.steps(),
        offsets,
        x,
        0,
        weights.data(),
        weights.at(p),
        biases,
        biasAt,
        start,
        startAt,
        startStride,
        least,
        to,
        toAt,
        stride);
  }
}
