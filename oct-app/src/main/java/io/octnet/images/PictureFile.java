package io.octnet.images;

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
    return Sha256.of(bytes);
  }
}
