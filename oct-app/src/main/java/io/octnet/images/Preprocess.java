package io.octnet.images;

/**
 * How 8-bit samples become a network's input, with the arithmetic of {@code
 * keras.applications.imagenet_utils.preprocess_input}. Gray becomes three equal channels first.
 */
public enum Preprocess {
  /** {@code x} as it is, 0 to 255, RGB: for models that scale pixels themselves. */
  NONE(new int[] {0, 1, 2}, new float[3], new float[] {1, 1, 1}, 1),

  /** {@code x / 255}, RGB: what the article does for all its networks. */
  DIV255(new int[] {0, 1, 2}, new float[3], new float[] {1, 1, 1}, 255),

  /** BGR, minus the means of ImageNet, no scaling: what VGG16 and ResNet50 were trained with. */
  CAFFE(new int[] {2, 1, 0}, new float[] {103.939f, 116.779f, 123.68f}, new float[] {1, 1, 1}, 1),

  /** {@code (x / 255 - mean) / std}, RGB: what DenseNet121 was trained with. */
  TORCH(
      new int[] {0, 1, 2},
      new float[] {0.485f, 0.456f, 0.406f},
      new float[] {0.229f, 0.224f, 0.225f},
      255);

  private final int[] source;
  private final float[][] table = new float[3][256];

  Preprocess(int[] source, float[] mean, float[] std, float scale) {
    this.source = source;
    for (int c = 0; c < 3; c++) {
      for (int v = 0; v < 256; v++) {
        table[c][v] = (v / scale - mean[c]) / std[c];
      }
    }
  }

  /**
   * Writes one picture.
   *
   * @param pixels {@code (H, W, channels)} with 1 or 3 channels
   * @param count height times width
   * @param out receives {@code (H, W, 3)} from {@code offset} on
   */
  public void apply(byte[] pixels, int channels, int count, float[] out, int offset) {
    float[] first = table[0];
    float[] second = table[1];
    float[] third = table[2];
    int a = channels == 1 ? 0 : source[0];
    int b = channels == 1 ? 0 : source[1];
    int c = channels == 1 ? 0 : source[2];
    for (int i = 0, k = offset, p = 0; i < count; i++, k += 3, p += channels) {
      out[k] = first[pixels[p + a] & 0xff];
      out[k + 1] = second[pixels[p + b] & 0xff];
      out[k + 2] = third[pixels[p + c] & 0xff];
    }
  }
}
