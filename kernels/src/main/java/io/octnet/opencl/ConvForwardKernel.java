package io.octnet.opencl;

/**
 * {@code y = max(0, conv(x, kernel) + bias + residual)}: rows are output places (N P Q), columns
 * output channels, sums run over taps (R S C).
 */
public final class ConvForwardKernel extends ConvKernel {
  public float[] weights = Nothing.FLOATS; // (R, S, C, K)
  public float[] bias = Nothing.FLOATS;
  public float[] residual = Nothing.FLOATS;
  public float[] y = Nothing.FLOATS;
  public int withBias;
  public int withResidual;
  public int relu;

  @Override
  float left(int row, int l) {
    return input(row, l);
  }

  @Override
  float right(int l, int column) {
    return weights[l * columns + column];
  }

  @Override
  void store(int row, int column, int z, float value) {
    int place = row * columns + column;
    float result = value;
    if (withBias == 1) {
      result = result + bias[column];
    }
    if (withResidual == 1) {
      result = result + residual[place];
    }
    if (relu == 1 && result < 0f) { // max would make 0 of NaN
      result = 0f;
    }
    y[place] = result;
  }
}
