package io.octnet.dicom;

/**
 * DICOM's run-length encoding (PS3.5, annex G): up to 15 segments, each the same byte of the same
 * sample of all pixels, the high byte first, packed as PackBits does.
 */
final class Rle {
  private static final int HEADER = 64;

  /** No input gives more than 64 times its bytes: 128 equal ones take two. */
  private static final int BEST_RATIO = 64;

  private Rle() {}

  /** A frame in the layout of one that is not compressed, samples of a pixel side by side. */
  static byte[] decode(byte[] encoded, PixelFormat format) throws DicomException {
    int bytes = format.allocated() / 8;
    int segments = format.samples() * bytes;
    if (encoded.length < HEADER || word(encoded, 0) != segments) {
      throw new DicomException(
          "damaged DICOM: RLE with another number of segments than " + segments);
    }
    if (format.frameBytes() > (long) BEST_RATIO * encoded.length) {
      throw new DicomException(
          "damaged DICOM: RLE of " + encoded.length + " bytes for " + format.frameBytes());
    }
    byte[] frame = new byte[format.frameBytes()];
    for (int s = 0; s < segments; s++) {
      long from = word(encoded, 4 + 4 * s);
      long to = s + 1 < segments ? word(encoded, 8 + 4 * s) : encoded.length;
      if (from < HEADER || to < from || to > encoded.length) {
        throw new DicomException("damaged DICOM: an RLE segment outside of its frame");
      }
      int at = s / bytes * bytes + (bytes - 1 - s % bytes); // little endian
      unpack(encoded, (int) from, (int) to, frame, at, segments);
    }
    return frame;
  }

  /** Every {@code step}-th byte of the frame, from {@code at} on. */
  private static void unpack(byte[] in, int from, int to, byte[] frame, int at, int step)
      throws DicomException {
    int i = from;
    int k = at;
    while (k < frame.length && i + 1 < to) {
      int control = in[i++];
      if (control >= 0) {
        for (int n = Math.min(control + 1, to - i); n > 0 && k < frame.length; n--, k += step) {
          frame[k] = in[i++];
        }
      } else if (control > -128) {
        for (int n = 1 - control; n > 0 && k < frame.length; n--, k += step) {
          frame[k] = in[i];
        }
        i++;
      }
    }
    if (k < frame.length) {
      throw new DicomException("truncated DICOM: an RLE segment ends too early");
    }
  }

  private static long word(byte[] bytes, int at) {
    return bytes[at] & 0xff
        | (bytes[at + 1] & 0xff) << 8
        | (bytes[at + 2] & 0xff) << 16
        | (bytes[at + 3] & 0xffL) << 24;
  }
}
