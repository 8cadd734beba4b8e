package io.octnet.images;

import io.octnet.text.Text;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * An upright 8-bit picture, gray or RGB: {@code bytes[(y * width + x) * channels + c]}, samples
 * unsigned. The array is not copied; nobody writes to it once the record is handed on.
 *
 * @param channels 1 (gray) or 3 (red, green, blue)
 */
public record Raster8(int width, int height, int channels, byte[] bytes) {
  public Raster8 {
    if (channels != 1 && channels != 3) {
      throw new IllegalArgumentException("expected 1 or 3 channels, received " + channels);
    }
    if (width < 1 || height < 1 || bytes.length != (long) width * height * channels) {
      throw new IllegalArgumentException(
          Text.format(
              "expected width * height * channels bytes, received %d x %d x %d and %d bytes",
              width, height, channels, bytes.length));
    }
  }

  /** The sample at (x, y), 0 to 255. */
  public int sample(int x, int y, int channel) {
    return bytes[(y * width + x) * channels + channel] & 0xff;
  }

  /**
   * SHA-256 of size, channels and samples, in hex: equal for pictures equal to the last bit,
   * however they were stored.
   */
  public String hash() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(ByteBuffer.allocate(12).putInt(width).putInt(height).putInt(channels).array());
      return HexFormat.of().formatHex(digest.digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }

  /** The picture in gray: itself, or luma by ITU-R BT.601, {@code 0.299 R + 0.587 G + 0.114 B}. */
  public Raster8 toGray() {
    if (channels == 1) {
      return this;
    }
    byte[] gray = new byte[width * height];
    for (int i = 0, k = 0; i < gray.length; i++, k += 3) {
      int luma =
          299 * (bytes[k] & 0xff) + 587 * (bytes[k + 1] & 0xff) + 114 * (bytes[k + 2] & 0xff);
      gray[i] = (byte) ((luma + 500) / 1000);
    }
    return new Raster8(width, height, 1, gray);
  }

  /** One channel where all three are equal everywhere, else the picture itself. */
  Raster8 withoutEqualChannels() {
    if (channels == 1) {
      return this;
    }
    for (int k = 0; k < bytes.length; k += 3) {
      if (bytes[k] != bytes[k + 1] || bytes[k] != bytes[k + 2]) {
        return this;
      }
    }
    byte[] gray = new byte[width * height];
    for (int i = 0; i < gray.length; i++) {
      gray[i] = bytes[3 * i];
    }
    return new Raster8(width, height, 1, gray);
  }
}
