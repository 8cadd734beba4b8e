package io.octnet.opencl;

/** What the three directions of a convolution share: its geometry. */
public abstract class ConvKernel extends TileKernel {
  public int height;
  public int width;
  public int inChannels;
  public int outHeight;
  public int outWidth;
  public int outChannels;
  public int kernelWidth;
  public int strideHeight;
  public int strideWidth;
  public int dilationHeight;
  public int dilationWidth;
  public int padTop;
  public int padLeft;

  /** 1 where x is scaled, or rectified, while it is read. */
  public int scaled;

  public int rectified;

  public float[] x = Nothing.FLOATS;
  public float[] scale = Nothing.FLOATS;
  public float[] shift = Nothing.FLOATS;

  /**
   * The input that output place {@code (n, p, q)}, counted in one number, reads at tap {@code (r,
   * s, c)}, counted in one number; 0 in the padding.
   */
  float input(int place, int tap) {
    int c = tap % inChannels;
    int rs = tap / inChannels;
    int s = rs % kernelWidth;
    int r = rs / kernelWidth;
    int q = place % outWidth;
    int np = place / outWidth;
    int p = np % outHeight;
    int n = np / outHeight;
    int h = p * strideHeight - padTop + r * dilationHeight;
    int w = q * strideWidth - padLeft + s * dilationWidth;
    float value = 0f;
    if (h >= 0 && h < height && w >= 0 && w < width) {
      value = x[((n * height + h) * width + w) * inChannels + c];
      if (scaled == 1) {
        value = value * scale[c] + shift[c];
      }
      if (rectified == 1 && value < 0f) { // max would make 0 of NaN
        value = 0f;
      }
    }
    return value;
  }
}
