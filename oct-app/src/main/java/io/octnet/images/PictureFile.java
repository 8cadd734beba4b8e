package io.octnet.images;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** An ordinary picture, or the pages of a TIFF, held in memory as it is stored. */
final class PictureFile implements ScanFile {
  private final byte[] bytes;
  private final List<Integer> pages;
  private final List<String> warnings = new ArrayList<>();

  PictureFile(byte[] bytes) throws UnreadableImageException {
    this.bytes = bytes;
    boolean tiff = ImageFormat.of(bytes).filter(f -> f == ImageFormat.TIFF).isPresent();
    this.pages = tiff ? TiffPages.of(bytes) : List.of(0);
  }

  @Override
  public int frames() {
    return pages.size();
  }

  @Override
  public ScanFacts facts() {
    return ScanFacts.NONE;
  }

  @Override
  public Raster8 read(int frame, BitDepth depth) throws UnreadableImageException {
    return ImageDecoder.decode(bytes, pages.get(frame), depth, this::warn);
  }

  private void warn(String warning) {
    if (!warnings.contains(warning)) {
      warnings.add(warning);
    }
  }

  @Override
  public OptionalInt largestSample(int frame) throws UnreadableImageException {
    return ImageDecoder.largestSample(bytes, pages.get(frame));
  }

  @Override
  public List<String> warnings() {
    return List.copyOf(warnings);
  }

  @Override
  public String sha256() {
    return Sha256.of(bytes);
  }
}
