package io.octnet.dicom;

import java.util.Arrays;

/** How a data set and its pixels are encoded (PS3.5, annex A; PS3.6, table A-1). */
public enum TransferSyntax {
  IMPLICIT_LITTLE("1.2.840.10008.1.2", "implicit little endian"),
  EXPLICIT_LITTLE("1.2.840.10008.1.2.1", "explicit little endian"),
  DEFLATED("1.2.840.10008.1.2.1.99", "deflated explicit little endian"),
  RLE("1.2.840.10008.1.2.5", "RLE lossless"),
  JPEG_BASELINE("1.2.840.10008.1.2.4.50", "JPEG baseline"),
  EXPLICIT_BIG("1.2.840.10008.1.2.2", "explicit big endian"),
  JPEG_EXTENDED("1.2.840.10008.1.2.4.51", "JPEG extended (12 bits)"),
  JPEG_LOSSLESS("1.2.840.10008.1.2.4.57", "JPEG lossless"),
  JPEG_LOSSLESS_FIRST("1.2.840.10008.1.2.4.70", "JPEG lossless, first-order prediction"),
  JPEG_LS("1.2.840.10008.1.2.4.80", "JPEG-LS lossless"),
  JPEG_LS_NEAR("1.2.840.10008.1.2.4.81", "JPEG-LS near-lossless"),
  JPEG_2000_LOSSLESS("1.2.840.10008.1.2.4.90", "JPEG 2000 lossless"),
  JPEG_2000("1.2.840.10008.1.2.4.91", "JPEG 2000"),
  MPEG_2("1.2.840.10008.1.2.4.100", "MPEG-2 video"),
  MPEG_4("1.2.840.10008.1.2.4.102", "MPEG-4 video"),
  HTJ2K_LOSSLESS("1.2.840.10008.1.2.4.201", "high-throughput JPEG 2000 lossless"),
  HTJ2K("1.2.840.10008.1.2.4.203", "high-throughput JPEG 2000");

  private final String uid;
  private final String title;

  TransferSyntax(String uid, String title) {
    this.uid = uid;
    this.title = title;
  }

  /**
   * The syntax of a unique identifier.
   *
   * @throws DicomException naming it, and how to convert, where it is not read
   */
  static TransferSyntax of(String uid) throws DicomException {
    TransferSyntax syntax =
        Arrays.stream(values()).filter(s -> s.uid.equals(uid)).findFirst().orElse(null);
    if (syntax == null || syntax.compareTo(JPEG_BASELINE) > 0) {
      String name = syntax == null ? "unknown" : syntax.title;
      String shown = uid.matches("[0-9.]{1,64}") ? uid : "no identifier";
      throw new DicomException(
          "DICOM in the transfer syntax "
              + name
              + " ("
              + shown
              + "), which is not read; convert it, e.g. gdcmconv --raw IN.dcm OUT.dcm");
    }
    return syntax;
  }

  boolean explicit() {
    return this != IMPLICIT_LITTLE;
  }

  /** Whether frames lie in fragments, each encoded on its own. */
  boolean encapsulated() {
    return this == RLE || this == JPEG_BASELINE;
  }
}
