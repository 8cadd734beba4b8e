package io.octnet.compute.simd.convolution;

import io.octnet.compute.Epilogue;
import io.octnet.compute.simd.kernel.Width;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Moves a finished tile of the micro-kernel, [ROWS][COLS], to its place, with bias, residual and
 * ReLU. A full-width tile is two vectors a row; each epilogue has a loop of its own.
 */
public final class TileStore {
  private static final VectorSpecies<Float> S = Width.SPECIES;
  private static final int L = Width.LANES;

  private TileStore() {}

  /**
   * Stores {@code rows} rows of {@code columns} values.
   *
   * @param tileAt where the first row starts in the tile
   * @param yAt where the first goes; the next row follows after {@code stride}
   * @param channel the channel of the first column
   */
  static void store(
      Epilogue epilogue,
      float[] tile,
      int tileAt,
      int rows,
      int columns,
      int channel,
      float[] y,
      int yAt,
      int stride) {
    if (columns < Width.COLS) {
      for (int i = 0; i < rows; i++) {
        row(epilogue, tile, tileAt + i * Width.COLS, columns, channel, y, yAt + i * stride);
      }
      return;
    }
    FloatVector bias0 = FloatVector.zero(S);
    FloatVector bias1 = FloatVector.zero(S);
    if (epilogue.bias() != null) {
      bias0 = FloatVector.fromArray(S, epilogue.bias(), channel);
      bias1 = FloatVector.fromArray(S, epilogue.bias(), channel + L);
    }
    FloatVector least = FloatVector.broadcast(S, epilogue.relu() ? 0 : Float.NEGATIVE_INFINITY);
    if (epilogue.residual() != null) {
      residual(tile, tileAt, rows, bias0, bias1, epilogue.residual(), least, y, yAt, stride);
    } else {
      plain(tile, tileAt, rows, bias0, bias1, least, y, yAt, stride);
    }
  }

  private static void plain(
      float[] tile,
      int at,
      int rows,
      FloatVector bias0,
      FloatVector bias1,
      FloatVector least,
      float[] y,
      int yAt,
      int stride) {
    for (int i = 0; i < rows; i++, at += Width.COLS, yAt += stride) {
      FloatVector v0 = FloatVector.fromArray(S, tile, at).add(bias0);
      FloatVector v1 = FloatVector.fromArray(S, tile, at + L).add(bias1);
      Width.atLeast(least, v0).intoArray(y, yAt);
      Width.atLeast(least, v1).intoArray(y, yAt + L);
    }
  }

  private static void residual(
      float[] tile,
      int at,
      int rows,
      FloatVector bias0,
      FloatVector bias1,
      float[] residual,
      FloatVector least,
      float[] y,
      int yAt,
      int stride) {
    for (int i = 0; i < rows; i++, at += Width.COLS, yAt += stride) {
      FloatVector v0 = FloatVector.fromArray(S, tile, at).add(bias0);
      FloatVector v1 = FloatVector.fromArray(S, tile, at + L).add(bias1);
      v0 = v0.add(FloatVector.fromArray(S, residual, yAt));
      v1 = v1.add(FloatVector.fromArray(S, residual, yAt + L));
      Width.atLeast(least, v0).intoArray(y, yAt);
      Width.atLeast(least, v1).intoArray(y, yAt + L);
    }
  }

  private static void row(
      Epilogue epilogue, float[] tile, int at, int columns, int channel, float[] y, int yAt) {
    float[] bias = epilogue.bias();
    float[] residual = epilogue.residual();
    for (int j = 0; j < columns; j++) {
      float value = tile[at + j];
      if (bias != null) {
        value += bias[channel + j];
      }
      if (residual != null) {
        value += residual[yAt + j];
      }
      y[yAt + j] = epilogue.relu() ? Math.max(value, 0) : value;
    }
  }
}
