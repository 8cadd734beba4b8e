package io.octnet.images;

import io.octnet.random.RandomStream;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Small pictures for tests, and files made of them. */
public final class Pictures {
  private Pictures() {}

  /** Smooth blobs and noise, different for every seed. */
  public static Raster8 gray(int width, int height, long seed) {
    RandomStream random = RandomStream.of(seed);
    double phaseX = random.nextDouble() * 6;
    double phaseY = random.nextDouble() * 6;
    byte[] bytes = new byte[width * height];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        double wave = Math.sin(9.0 * x / width + phaseX) * Math.cos(7.0 * y / height + phaseY);
        bytes[y * width + x] = (byte) (int) (110 + 70 * wave + random.nextInt(60));
      }
    }
    return new Raster8(width, height, 1, bytes);
  }

  /** Three different channels. */
  public static Raster8 color(int width, int height, long seed) {
    byte[] bytes = new byte[width * height * 3];
    for (int c = 0; c < 3; c++) {
      byte[] gray = gray(width, height, seed + c).bytes();
      for (int i = 0; i < gray.length; i++) {
        bytes[3 * i + c] = gray[i];
      }
    }
    return new Raster8(width, height, 3, bytes);
  }

  /** The bytes of a file. */
  public static byte[] encode(Raster8 raster, String format) {
    return encode(Png.image(raster), format);
  }

  public static byte[] encode(BufferedImage image, String format) {
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      if (!ImageIO.write(image, format, out)) {
        throw new AssertionError("no writer for " + format);
      }
      return out.toByteArray();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** A JPEG of this quality, 0 to 1. */
  public static byte[] jpeg(Raster8 raster, float quality, boolean progressive) {
    ImageWriter writer =
        ImageIO.getImageWriters(
                ImageTypeSpecifier.createFromRenderedImage(Png.image(raster)), "jpeg")
            .next();
    ImageWriteParam param = writer.getDefaultWriteParam();
    param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
    param.setCompressionQuality(quality);
    if (progressive) {
      param.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
      writer.setOutput(stream);
      writer.write(null, new IIOImage(Png.image(raster), null, null), param);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    writer.dispose();
    return out.toByteArray();
  }
}
