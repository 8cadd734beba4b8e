package io.octnet.opencl;

/**
 * {@code dx[n,h,w,c] = sum over r,s,k of dy[n,p,q,k] kernel[r,s,c,k]} where {@code h = p stride -
 * padTop + r dilation}: rows are input places (N H W), columns input channels, sums run over (R S
 * K).
 */
public final class ConvBackwardDataKernel extends ConvKernel {
  public float[] weights = Nothing.FLOATS; // (R, S, C, K)
  public float[] dy = Nothing.FLOATS;
  public float[] y = Nothing.FLOATS;
  public float[] dx = Nothing.FLOATS;

  /** 1 where dy counts only where y is positive. */
  public int masked;

  @Override
  float left(int row, int l) {
    int k = l % outChannels;
    int rs = l / outChannels;
    int s = rs % kernelWidth;
    int r = rs / kernelWidth;
    int w = row % width;
    int nh = row / width;
    int h = nh % height;
    int n = nh / height;
    int fromTop = h + padTop - r * dilationHeight;
    int fromLeft = w + padLeft - s * dilationWidth;
    int p = fromTop / strideHeight;
    int q = fromLeft / strideWidth;
    float value = 0f;
    if (fromTop >= 0
        && fromLeft >= 0
        && p * strideHeight == fromTop
        && q * strideWidth == fromLeft
        && p < outHeight
        && q < outWidth) {
      int place = ((n * outHeight + p) * outWidth + q) * outChannels + k;
      if (masked == 0 || y[place] > 0f) {
        value = dy[place];
      }
    }
    return value;
  }

  @Override
  float right(int l, int column) {
    int k = l % outChannels;
    int rs = l / outChannels;
    return weights[(rs * inChannels + column) * outChannels + k];
  }

  @Override
  void store(int row, int column, int z, float value) {
    dx[row * columns + column] = value;
  }
}
