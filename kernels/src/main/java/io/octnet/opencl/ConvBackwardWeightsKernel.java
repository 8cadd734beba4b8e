package io.octnet.opencl;

/**
 * {@code dKernel[r,s,c,k] = sum over n,p,q of x[n,h,w,c] dy[n,p,q,k]}: rows are taps (R S C),
 * columns output channels. The sums are long and the results few, so they are cut into parts, which
 * are added afterwards in their order.
 */
public final class ConvBackwardWeightsKernel extends ConvKernel {
  public float[] dy = Nothing.FLOATS;
  public float[] y = Nothing.FLOATS;
  public float[] parts = Nothing.FLOATS; // (parts, R S C, K)

  /** 1 where dy counts only where y is positive. */
  public int masked;

  @Override
  float left(int row, int l) {
    return input(l, row);
  }

  @Override
  float right(int l, int column) {
    int place = l * columns + column;
    float value = dy[place];
    if (masked == 1 && y[place] <= 0f) {
      value = 0f;
    }
    return value;
  }

  @Override
  void store(int row, int column, int z, float value) {
    parts[(z * rows + row) * columns + column] = value;
  }
}
