package io.octnet.dicom;

import io.octnet.text.Text;
import java.util.Set;

/**
 * How the samples of a frame are stored (PS3.3, C.7.6.3).
 *
 * @param samples a pixel: 1, or 3
 * @param planar whether all red ones come first
 * @param allocated bits, 8 or 16
 * @param stored bits that are used of them, from {@code highBit} down
 * @param photometric MONOCHROME1 (0 is white), MONOCHROME2, RGB or YBR...
 */
public record PixelFormat(
    int rows,
    int columns,
    int samples,
    boolean planar,
    int allocated,
    int stored,
    int highBit,
    boolean signed,
    String photometric) {
  private static final Set<String> GRAY = Set.of("MONOCHROME1", "MONOCHROME2");
  private static final Set<String> COLOR = Set.of("RGB", "YBR_FULL", "YBR_FULL_422");

  static PixelFormat of(Attributes attributes, long mostPixels) throws DicomException {
    int allocated = attributes.required(Tag.BITS_ALLOCATED, "bits allocated");
    int stored = attributes.unsigned(Tag.BITS_STORED, allocated);
    PixelFormat format =
        new PixelFormat(
            attributes.required(Tag.ROWS, "rows"),
            attributes.required(Tag.COLUMNS, "columns"),
            attributes.unsigned(Tag.SAMPLES_PER_PIXEL, 1),
            attributes.unsigned(Tag.PLANAR_CONFIGURATION, 0) == 1,
            allocated,
            stored,
            attributes.unsigned(Tag.HIGH_BIT, stored - 1),
            attributes.unsigned(Tag.SIGNED, 0) == 1,
            attributes.text(Tag.PHOTOMETRIC));
    format.check(mostPixels);
    return format;
  }

  private void check(long mostPixels) throws DicomException {
    if (rows < 1 || columns < 1 || (long) rows * columns > mostPixels) {
      throw new DicomException(
          Text.format(
              "DICOM of %dx%d pixels; 1 to %d million are read",
              columns, rows, mostPixels / 1_000_000));
    }
    if (allocated != 8 && allocated != 16
        || stored < 1
        || stored > allocated
        || highBit < stored - 1
        || highBit >= allocated) {
      throw new DicomException(
          Text.format(
              "DICOM of samples with %d of %d bits; up to 8 of 8 and 16 of 16 are read",
              stored, allocated));
    }
    boolean gray = samples == 1 && GRAY.contains(photometric);
    boolean color = samples == 3 && COLOR.contains(photometric) && allocated == 8;
    if (!gray && !color) {
      throw new DicomException(
          Text.format(
              "DICOM of the colours %s with %d samples of %d bits a pixel; MONOCHROME1, MONOCHROME2"
                  + " and RGB and YBR_FULL of 8 bits are read",
              photometric.matches("[A-Z0-9_ ]{1,16}") ? photometric : "unknown",
              samples,
              allocated));
    }
  }

  /** Bytes of a frame that is not compressed. */
  public int frameBytes() throws DicomException {
    long bytes = (long) rows * columns * samples * (allocated / 8);
    if (bytes > Integer.MAX_VALUE - 16) {
      throw new DicomException("DICOM with a frame of " + bytes + " bytes");
    }
    return (int) bytes;
  }

  public boolean isGray() {
    return samples == 1;
  }
}
