package io.octnet.compute.simd;

import io.octnet.compute.Epilogue;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Moves a finished tile of the micro-kernel, [ROWS][COLS], to its place, with bias, residual and
 * ReLU.
 */
final class TileStore {
  private static final VectorSpecies<Float> S = Width.SPECIES;

  private TileStore() {}

  /**
   * Stores {@code rows} rows of {@code columns} values.
   *
   * @param yAt where the first goes; the next row follows after {@code stride}
   * @param channel the channel of the first column
   */
  static void store(
      Epilogue epilogue,
      float[] tile,
      int rows,
      int columns,
      int channel,
      float[] y,
      int yAt,
      int stride) {
    for (int i = 0; i < rows; i++) {
      row(epilogue, tile, i * Width.COLS, columns, channel, y, yAt + i * stride);
    }
  }

  private static void row(
      Epilogue epilogue, float[] tile, int at, int columns, int channel, float[] y, int yAt) {
    float[] bias = epilogue.bias();
    float[] residual = epilogue.residual();
    int j = 0;
    for (; j + S.length() <= columns; j += S.length()) {
      FloatVector value = FloatVector.fromArray(S, tile, at + j);
      if (bias != null) {
        value = value.add(FloatVector.fromArray(S, bias, channel + j));
      }
      if (residual != null) {
        value = value.add(FloatVector.fromArray(S, residual, yAt + j));
      }
      if (epilogue.relu()) {
        value = value.max(0);
      }
      value.intoArray(y, yAt + j);
    }
    for (; j < columns; j++) {
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
