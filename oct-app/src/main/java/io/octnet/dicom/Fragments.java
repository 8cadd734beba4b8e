package io.octnet.dicom;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the fragments of encoded frames lie (PS3.5, annex A.4): a list of pieces for each frame.
 */
final class Fragments {
  private static final int MOST = 1 << 20;

  private Fragments() {}

  /** A stretch of the file. */
  record Piece(long offset, int length) {}

  /** Reads the items behind the pixels' header; the first of them may say where frames begin. */
  static List<List<Piece>> read(DicomInput in, int frames) throws IOException, DicomException {
    if (in.tag() != Tag.ITEM) {
      throw new DicomException("damaged DICOM: its pixels do not begin with an item");
    }
    int tableLength = length(in);
    byte[] table = in.bytes(tableLength);
    List<Piece> pieces = new ArrayList<>();
    long start = in.position();
    while (!in.atEnd() && in.tag() == Tag.ITEM) {
      int length = length(in);
      pieces.add(new Piece(in.position(), length));
      in.skip(length);
      if (pieces.size() > MOST) {
        throw new DicomException("DICOM in more than " + MOST + " fragments");
      }
    }
    if (frames == 1) {
      return List.of(pieces);
    }
    if (pieces.size() == frames) {
      return pieces.stream().map(List::of).toList();
    }
    if (table.length != 4L * frames) {
      throw new DicomException(
          "DICOM of " + frames + " frames in " + pieces.size() + " fragments, without a table");
    }
    return byTable(pieces, table, start, frames);
  }

  private static int length(DicomInput in) throws IOException, DicomException {
    long length = in.unsigned32();
    if (length > Integer.MAX_VALUE - 16 || length > in.remaining()) {
      throw new DicomException("truncated DICOM: it ends within a fragment of its pixels");
    }
    return (int) length;
  }

  private static List<List<Piece>> byTable(List<Piece> pieces, byte[] table, long start, int frames)
      throws DicomException {
    List<List<Piece>> byFrame = new ArrayList<>();
    int next = 0;
    for (int f = 0; f < frames; f++) {
      List<Piece> own = new ArrayList<>();
      long end = f + 1 < frames ? start + offset(table, f + 1) : Long.MAX_VALUE;
      while (next < pieces.size() && pieces.get(next).offset - 8 < end) {
        own.add(pieces.get(next++));
      }
      if (own.isEmpty()) {
        throw new DicomException("damaged DICOM: its table of frames points outside of them");
      }
      byFrame.add(own);
    }
    return byFrame;
  }

  private static long offset(byte[] table, int frame) {
    int at = 4 * frame;
    return table[at] & 0xff
        | (table[at + 1] & 0xff) << 8
        | (table[at + 2] & 0xff) << 16
        | (table[at + 3] & 0xffL) << 24;
  }
}
