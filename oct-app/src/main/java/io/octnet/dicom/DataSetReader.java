package io.octnet.dicom;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * Walks over the elements of a data set (PS3.5, chapter 7) up to its pixels, and keeps the few
 * attributes of {@link Tag#READ}: those of the data set itself and of its functional groups, not
 * those of an icon or of pictures that are referred to.
 */
final class DataSetReader {
  private static final long UNDEFINED = 0xFFFFFFFFL;
  private static final int LONGEST_VALUE = 4096;
  private static final int DEEPEST = 16;

  /** Representations whose length takes 32 bits. */
  private static final Set<String> LONG =
      Set.of("OB", "OD", "OF", "OL", "OV", "OW", "SQ", "SV", "UC", "UN", "UR", "UT", "UV");

  private final DicomInput in;
  private final Attributes attributes = new Attributes();
  private long pixelLength = -1;

  DataSetReader(DicomInput in) {
    this.in = in;
  }

  Attributes attributes() {
    return attributes;
  }

  /** Declared bytes of the pixels that lie next; -1 for fragments. */
  long pixelLength() {
    return pixelLength == UNDEFINED ? -1 : pixelLength;
  }

  private record Header(int tag, String representation, long length) {
    boolean isSequence() {
      return representation.equals("SQ") || length == UNDEFINED && !representation.startsWith("O");
    }
  }

  /** Reads the group of the file's own attributes, always explicit. */
  void readFileGroup() throws IOException, DicomException {
    Header first = header(in.tag(), true);
    if (first.tag != 0x00020000 || first.length != 4) {
      throw new DicomException("damaged DICOM: it does not begin with the length of its header");
    }
    readElements(in.position() + 4 + in.unsigned32(), 1, true, true);
  }

  /** Reads the data set up to its pixels. */
  void readDataSet(boolean explicit) throws IOException, DicomException {
    readElements(-1, 0, true, explicit);
    if (pixelLength < 0) {
      throw new DicomException("DICOM without an image: it has no pixels");
    }
  }

  /**
   * @param end where they end; -1 where a delimiter says so, or the file
   */
  private void readElements(long end, int depth, boolean wanted, boolean explicit)
      throws IOException, DicomException {
    while (end < 0 || in.position() < end) {
      if (depth == 0 && in.atEnd()) {
        return;
      }
      int tag = in.tag();
      if (tag == Tag.ITEM_END && end < 0) {
        in.skip(4);
        return;
      }
      Header header = header(tag, explicit);
      if (depth == 0 && tag == Tag.PIXELS) {
        pixelLength = header.length;
        return;
      }
      readValue(header, depth, wanted, explicit);
    }
  }

  private void readValue(Header header, int depth, boolean wanted, boolean explicit)
      throws IOException, DicomException {
    if (header.isSequence()) {
      boolean within = wanted && (depth > 0 || Tag.FUNCTIONAL_GROUPS.contains(header.tag));
      readSequence(header, depth + 1, within, explicit && !header.representation.equals("UN"));
    } else if (header.length == UNDEFINED) {
      skipFragments();
    } else if (wanted && Tag.READ.contains(header.tag)) {
      if (header.length > LONGEST_VALUE) {
        throw new DicomException("damaged DICOM: an attribute of " + header.length + " bytes");
      }
      attributes.add(header.tag, in.bytes((int) header.length));
    } else {
      in.skip(header.length);
    }
  }

  private void readSequence(Header header, int depth, boolean wanted, boolean explicit)
      throws IOException, DicomException {
    if (depth > DEEPEST) {
      throw new DicomException("damaged DICOM: sequences within sequences, " + depth + " deep");
    }
    long end = header.length == UNDEFINED ? -1 : in.position() + header.length;
    while (end < 0 || in.position() < end) {
      int tag = in.tag();
      long length = in.unsigned32();
      if (tag == Tag.SEQUENCE_END) {
        return;
      }
      if (tag != Tag.ITEM) {
        throw new DicomException("damaged DICOM: a sequence with something that is no item");
      }
      readElements(length == UNDEFINED ? -1 : in.position() + length, depth, wanted, explicit);
    }
  }

  private void skipFragments() throws IOException, DicomException {
    while (in.tag() == Tag.ITEM) {
      in.skip(in.unsigned32());
    }
    in.skip(4);
  }

  private Header header(int tag, boolean explicit) throws IOException, DicomException {
    boolean delimiter = tag >>> 16 == 0xFFFE;
    if (!explicit || delimiter) {
      return new Header(tag, "", in.unsigned32());
    }
    String representation = new String(in.bytes(2), StandardCharsets.ISO_8859_1);
    if (!LONG.contains(representation)) {
      return new Header(tag, representation, in.unsigned16());
    }
    in.skip(2);
    return new Header(tag, representation, in.unsigned32());
  }
}
