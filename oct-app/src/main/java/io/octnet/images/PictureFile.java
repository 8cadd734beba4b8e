package io.octnet.images;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalInt;

/** An ordinary picture, held in memory. */
record PictureFile(byte[] bytes) implements ScanFile {
  @Override
  public int frames() {
    return 1;
  }

  @Override
  public ScanFacts facts() {
    return ScanFacts.NONE;
  }

  @Override
  public Raster8 read(int frame, BitDepth depth) throws UnreadableImageException {
    return ImageDecoder.decode(bytes, depth);
  }

  @Override
  public OptionalInt largestSample(int frame) throws UnreadableImageException {
    return ImageDecoder.largestSample(bytes);
  }

  @Override
  public List<String> warnings() {
    return List.of();
  }

  @Override
  public String sha256() {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }
}
