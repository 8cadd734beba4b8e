package io.octnet.audit;

/**
 * A coarse description of a picture, 16 x 16 numbers of mean 0 and length 1, to find candidates for
 * copies quickly. Brightness and contrast do not change it, a few cropped pixels hardly do; the
 * white wedges of turned scans are taken out, or they would decide alone.
 */
final class Signature {
  private static final int SIDE = 16;

  /** How many numbers there are. */
  static final int LENGTH = SIDE * SIDE;

  private static final int RADIUS = 2;

  /** From this share of the range of grays on, a pixel counts as part of a white wedge. */
  private static final double WHITE = 0.88;

  private final float[] values;
  private final long[] signs;
  private final long[] mirroredSigns;

  /** Of a gray picture, {@code (Thumbnails.SIZE, Thumbnails.SIZE)}. */
  Signature(byte[] thumbnail) {
    int size = Thumbnails.SIZE;
    float[] gray = withoutWhite(thumbnail);
    int step = size / SIDE;
    values = new float[SIDE * SIDE];
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        values[y * SIDE + x] = mean(gray, size, x * step + step / 2, y * step + step / 2);
      }
    }
    normalize(values);
    signs = new long[SIDE * SIDE / Long.SIZE];
    mirroredSigns = new long[signs.length];
    for (int i = 0; i < values.length; i++) {
      if (values[i] > 0) {
        signs[i / Long.SIZE] |= 1L << i;
        int j = mirrored(i);
        mirroredSigns[j / Long.SIZE] |= 1L << j;
      }
    }
  }

  /** White replaced by the mean of all the rest. */
  private static float[] withoutWhite(byte[] thumbnail) {
    int min = 255;
    int max = 0;
    for (byte value : thumbnail) {
      min = Math.min(min, value & 0xff);
      max = Math.max(max, value & 0xff);
    }
    double white = min + WHITE * (max - min);
    double sum = 0;
    int count = 1;
    for (byte value : thumbnail) {
      sum += (value & 0xff) > white ? 0 : value & 0xff;
      count += (value & 0xff) > white ? 0 : 1;
    }
    float[] gray = new float[thumbnail.length];
    for (int i = 0; i < gray.length; i++) {
      int value = thumbnail[i] & 0xff;
      gray[i] = value > white ? (float) (sum / count) : value;
    }
    return gray;
  }

  /** The mean over 5 x 5 pixels. */
  private static float mean(float[] gray, int size, int x, int y) {
    float scale = 1f / (2 * RADIUS + 1);
    float sum = 0;
    for (int i = y - RADIUS; i <= y + RADIUS; i++) {
      float row = 0;
      for (int j = x - RADIUS; j <= x + RADIUS; j++) {
        row += gray[i * size + j];
      }
      sum += row * scale;
    }
    return sum * scale;
  }

  private static int mirrored(int i) {
    return i - i % SIDE + SIDE - 1 - i % SIDE;
  }

  private static void normalize(float[] values) {
    double mean = 0;
    for (float value : values) {
      mean += value;
    }
    mean /= values.length;
    double square = 0;
    for (int i = 0; i < values.length; i++) {
      values[i] -= (float) mean;
      square += values[i] * values[i];
    }
    float scale = (float) (1 / Math.sqrt(square + 1e-9));
    for (int i = 0; i < values.length; i++) {
      values[i] *= scale;
    }
  }

  /** Copies the numbers, of the picture as it is or mirrored left to right. */
  void copy(boolean mirror, float[] out, int at) {
    for (int i = 0; i < LENGTH; i++) {
      out[at + i] = values[mirror ? mirrored(i) : i];
    }
  }

  /** How many of the 256 signs differ; a few nanoseconds, to save the exact comparison. */
  int signsDiffering(Signature other, boolean mirror) {
    long[] theirs = mirror ? other.mirroredSigns : other.signs;
    int count = 0;
    for (int k = 0; k < signs.length; k++) {
      count += Long.bitCount(signs[k] ^ theirs[k]);
    }
    return count;
  }

  /** Cosine of the two, -1 to 1, with the other picture as it is or mirrored left to right. */
  double cosine(Signature other, boolean mirror) {
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      sum += values[i] * other.values[mirror ? mirrored(i) : i];
    }
    return sum;
  }
}
