package io.octnet.images;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;
import java.awt.image.PixelInterleavedSampleModel;
import java.awt.image.Raster;
import java.io.IOException;

/** From Java's pictures to ours: samples as they are stored, without colour management. */
final class Rasters {
  private Rasters() {}

  /** The largest sample. */
  static int largest(Raster raster) {
    int largest = 0;
    int[] row = new int[raster.getWidth() * raster.getNumBands()];
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getPixels(raster.getMinX(), raster.getMinY() + y, raster.getWidth(), 1, row);
      for (int sample : row) {
        largest = Math.max(largest, sample);
      }
    }
    return largest;
  }

  /** The picture in 8 bits; 16-bit samples are taken to use so many. */
  static Raster8 toRaster8(BufferedImage image, BitDepth depth) throws IOException {
    ColorModel colors = image.getColorModel();
    Raster raster = image.getRaster();
    int type = colors.getColorSpace().getType();
    if (colors instanceof IndexColorModel
        || type != ColorSpace.TYPE_GRAY && type != ColorSpace.TYPE_RGB) {
      return converted(image);
    }
    int data = raster.getDataBuffer().getDataType();
    if (data != DataBuffer.TYPE_BYTE
        && data != DataBuffer.TYPE_USHORT
        && data != DataBuffer.TYPE_INT) {
      throw new IOException("samples are neither 8 nor 16 bit unsigned integers");
    }
    int channels = type == ColorSpace.TYPE_GRAY ? 1 : 3;
    if (channels == 1 && isPlainGray(raster)) {
      byte[] bytes = ((DataBufferByte) raster.getDataBuffer()).getData();
      return new Raster8(raster.getWidth(), raster.getHeight(), 1, bytes.clone());
    }
    return samples(raster, channels, depth);
  }

  private static boolean isPlainGray(Raster raster) {
    return raster.getSampleModel() instanceof PixelInterleavedSampleModel model
        && model.getPixelStride() == 1
        && model.getScanlineStride() == raster.getWidth()
        && raster.getDataBuffer() instanceof DataBufferByte buffer
        && buffer.getOffset() == 0
        && buffer.getData().length == raster.getWidth() * raster.getHeight()
        && raster.getSampleModelTranslateX() == 0
        && raster.getSampleModelTranslateY() == 0;
  }

  /** Sample by sample, each scaled to 8 bits by dropping or repeating bits. */
  private static Raster8 samples(Raster raster, int channels, BitDepth depth) {
    int width = raster.getWidth();
    int height = raster.getHeight();
    byte[] out = new byte[width * height * channels];
    int[] row = new int[width];
    for (int c = 0; c < channels; c++) {
      int bits = raster.getSampleModel().getSampleSize(c);
      for (int y = 0; y < height; y++) {
        raster.getSamples(raster.getMinX(), raster.getMinY() + y, width, 1, c, row);
        for (int x = 0; x < width; x++) {
          out[(y * width + x) * channels + c] =
              (byte) (bits == 16 ? depth.to8(row[x]) : to8(row[x], bits));
        }
      }
    }
    return new Raster8(width, height, channels, out);
  }

  private static int to8(int sample, int bits) {
    return bits >= 8 ? sample >>> (bits - 8) : sample * 255 / ((1 << bits) - 1);
  }

  /** Palettes and foreign colour spaces, through Java's conversion to sRGB. */
  private static Raster8 converted(BufferedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    byte[] out = new byte[width * height * 3];
    int[] row = new int[width];
    for (int y = 0; y < height; y++) {
      image.getRGB(0, y, width, 1, row, 0, width);
      for (int x = 0; x < width; x++) {
        int at = (y * width + x) * 3;
        out[at] = (byte) (row[x] >> 16);
        out[at + 1] = (byte) (row[x] >> 8);
        out[at + 2] = (byte) row[x];
      }
    }
    return new Raster8(width, height, 3, out);
  }
}
