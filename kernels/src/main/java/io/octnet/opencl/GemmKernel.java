package io.octnet.opencl;

/** {@code C = op(A) op(B) + beta C} on row-major matrices; transposing is a matter of strides. */
public final class GemmKernel extends TileKernel {
  public float[] a = Nothing.FLOATS;
  public float[] b = Nothing.FLOATS;
  public float[] c = Nothing.FLOATS;
  public int aOffset;
  public int aRow;
  public int aColumn;
  public int bOffset;
  public int bRow;
  public int bColumn;
  public int cOffset;
  public float beta;

  @Override
  float left(int row, int l) {
    return a[aOffset + row * aRow + l * aColumn];
  }

  @Override
  float right(int l, int column) {
    return b[bOffset + l * bRow + column * bColumn];
  }

  @Override
  void store(int row, int column, int z, float value) {
    int place = cOffset + row * columns + column;
    if (beta == 0f) {
      c[place] = value;
    } else {
      c[place] = value + beta * c[place];
    }
  }
}
