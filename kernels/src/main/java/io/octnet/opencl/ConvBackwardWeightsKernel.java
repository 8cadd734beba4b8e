package io.octnet.opencl;

/**
 * {@code dKernel[r,s,c,k] = sum over n,p,q of x[n,h,w,c] dy[n,p,q,k]}: rows are taps (R S C),
 * columns output channels. The sums are long and the results few, so they are cut into parts; a
 * second pass of the same execution adds them in their order, and only the total leaves the device.
 */
public final class ConvBackwardWeightsKernel extends ConvKernel {
  public float[] dy = Nothing.FLOATS;
  public float[] y = Nothing.FLOATS;
  public float[] parts = Nothing.FLOATS; // (parts, R S C, K)
  public float[] dKernel = Nothing.FLOATS;
  public int partCount;

  /** 1 where dy counts only where y is positive. */
  public int masked;

  @Override
  public void run() {
    if (getPassId() == 0) {
      tile();
    } else {
      addParts();
    }
  }

  /** All work items of the range share the elements. */
  void addParts() {
    int size = rows * columns;
    int across = getGlobalSize(0);
    int items = across * getGlobalSize(1) * getGlobalSize(2);
    int first = (getGlobalId(2) * getGlobalSize(1) + getGlobalId(1)) * across + getGlobalId(0);
    for (int e = first; e < size; e += items) {
      float sum = parts[e];
      for (int z = 1; z < partCount; z++) {
        sum += parts[z * size + e];
      }
      dKernel[e] = sum;
    }
  }

  @Override
  float left(int row, int l) {
    return input(l, row);
  }

  @Override
  float right(int l, int column) {
    int place = l * columns + column;
    float value = 0f;
    if (masked == 0 || y[place] > 0f) {
      value = dy[place];
    }
    return value;
  }

  @Override
  void store(int row, int column, int z, float value) {
    parts[(z * rows + row) * columns + column] = value;
  }
}
