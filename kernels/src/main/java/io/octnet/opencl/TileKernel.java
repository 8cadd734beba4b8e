package io.octnet.opencl;

import com.aparapi.Kernel;

/**
 * The matrix product that all kernels here are: {@code result(row, column) = sum over l of
 * left(row, l) * right(l, column)}, where a subclass says what left and right are and what becomes
 * of the result. Nothing is laid out as a matrix before: an implicit gemm.
 *
 * <p>A group of 16 x 16 work items makes a tile of 64 x 64 results, 4 x 4 of them in the registers
 * of each item, from slices of 16 that lie in local memory. Sums run over l upwards, each step one
 * fused multiply-add where the device contracts, so that the order is known. Rows, of which there
 * may be millions, are the range's first dimension: many GPUs allow 65,535 groups in the others.
 *
 * <p>Aparapi translates bytecode: no break, switch, lambda, object or boolean field, and every
 * variable has a value from its declaration on. Fields are public for the same reason.
 */
public abstract class TileKernel extends Kernel {
  static final int GROUP = 16;
  static final int TILE = 64;
  static final int SLICE = 16;

  /** Bytes of local memory that a group takes. */
  static final int LOCAL_BYTES = 2 * TILE * SLICE * Float.BYTES;

  public int rows;
  public int columns;
  public int length;

  /** Whether the sum is cut: group (.., .., z) sums l from z * share on, at most share of them. */
  public int share;

  @Local public final float[] leftTile = new float[TILE * SLICE];
  @Local public final float[] rightTile = new float[SLICE * TILE];

  /** left(row, l) within the matrix. */
  abstract float left(int row, int l);

  /** right(l, column) within the matrix. */
  abstract float right(int l, int column);

  /** Takes result(row, column) of part z of the sum. */
  abstract void store(int row, int column, int z, float value);

  float leftOrZero(int row, int l, int end) {
    float value = 0f;
    if (row < rows && l < end) {
      value = left(row, l);
    }
    return value;
  }

  float rightOrZero(int l, int column, int end) {
    float value = 0f;
    if (l < end && column < columns) {
      value = right(l, column);
    }
    return value;
  }

  void storeIfInside(int row, int column, int z, float value) {
    if (row < rows && column < columns) {
      store(row, column, z, value);
    }
  }

  @Override
  public void run() {
    tile();
  }

  /** Makes one tile; flat, so that the results stay in registers. */
  void tile() {
    int lx = getLocalId(0);
    int ly = getLocalId(1);
    int item = ly * GROUP + lx;
    int firstRow = getGroupId(0) * TILE;
    int firstColumn = getGroupId(1) * TILE;
    int z = getGroupId(2);
    int begin = z * share;
    int end = min(length, begin + share);
    float c00 = 0f;
    float c01 = 0f;
    float c02 = 0f;
    float c03 = 0f;
    float c10 = 0f;
    float c11 = 0f;
    float c12 = 0f;
    float c13 = 0f;
    float c20 = 0f;
    float c21 = 0f;
    float c22 = 0f;
    float c23 = 0f;
    float c30 = 0f;
    float c31 = 0f;
    float c32 = 0f;
    float c33 = 0f;
    int slices = (end - begin + SLICE - 1) / SLICE;
    for (int t = 0; t < slices; t++) {
      int from = begin + t * SLICE;
      for (int q = 0; q < 4; q++) {
        int e = item + q * 256;
        leftTile[e] = leftOrZero(firstRow + e / SLICE, from + e % SLICE, end);
        rightTile[e] = rightOrZero(from + e / TILE, firstColumn + e % TILE, end);
      }
      localBarrier();
      for (int l = 0; l < SLICE; l++) {
        float a0 = leftTile[(ly * 4) * SLICE + l];
        float a1 = leftTile[(ly * 4 + 1) * SLICE + l];
        float a2 = leftTile[(ly * 4 + 2) * SLICE + l];
        float a3 = leftTile[(ly * 4 + 3) * SLICE + l];
        float b0 = rightTile[l * TILE + lx];
        float b1 = rightTile[l * TILE + lx + 16];
        float b2 = rightTile[l * TILE + lx + 32];
        float b3 = rightTile[l * TILE + lx + 48];
        c00 += a0 * b0;
        c01 += a0 * b1;
        c02 += a0 * b2;
        c03 += a0 * b3;
        c10 += a1 * b0;
        c11 += a1 * b1;
        c12 += a1 * b2;
        c13 += a1 * b3;
        c20 += a2 * b0;
        c21 += a2 * b1;
        c22 += a2 * b2;
        c23 += a2 * b3;
        c30 += a3 * b0;
        c31 += a3 * b1;
        c32 += a3 * b2;
        c33 += a3 * b3;
      }
      localBarrier();
    }
    int row = firstRow + ly * 4;
    int column = firstColumn + lx;
    storeIfInside(row, column, z, c00);
    storeIfInside(row, column + 16, z, c01);
    storeIfInside(row, column + 32, z, c02);
    storeIfInside(row, column + 48, z, c03);
    storeIfInside(row + 1, column, z, c10);
    storeIfInside(row + 1, column + 16, z, c11);
    storeIfInside(row + 1, column + 32, z, c12);
    storeIfInside(row + 1, column + 48, z, c13);
    storeIfInside(row + 2, column, z, c20);
    storeIfInside(row + 2, column + 16, z, c21);
    storeIfInside(row + 2, column + 32, z, c22);
    storeIfInside(row + 2, column + 48, z, c23);
    storeIfInside(row + 3, column, z, c30);
    storeIfInside(row + 3, column + 16, z, c31);
    storeIfInside(row + 3, column + 32, z, c32);
    storeIfInside(row + 3, column + 48, z, c33);
  }
}
