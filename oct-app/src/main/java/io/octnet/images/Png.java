package io.octnet.images;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/** Pictures as PNG files, every sample kept. */
public final class Png {
  private Png() {}

  /** The bytes of a file, gray or RGB. */
  public static byte[] encode(Raster8 raster) {
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      if (!ImageIO.write(image(raster), "png", out)) {
        throw new IllegalStateException("no PNG writer in this Java installation");
      }
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
  }

  /** As a Java image; samples are copied as they are. */
  public static BufferedImage image(Raster8 raster) {
    boolean gray = raster.channels() == 1;
    BufferedImage image =
        new BufferedImage(
            raster.width(),
            raster.height(),
            gray ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_3BYTE_BGR);
    byte[] target = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    byte[] source = raster.bytes();
    if (gray) {
      System.arraycopy(source, 0, target, 0, source.length);
      return image;
    }
    for (int k = 0; k < source.length; k += 3) { // RGB to BGR
      target[k] = source[k + 2];
      target[k + 1] = source[k + 1];
      target[k + 2] = source[k];
    }
    return image;
  }
}
