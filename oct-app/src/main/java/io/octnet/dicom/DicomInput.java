package io.octnet.dicom;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** Bytes in little endian, counted; a length is believed as far as the file goes. */
final class DicomInput {
  private static final String ENDS = "truncated DICOM: it ends too early";

  private final InputStream in;
  private final long end;
  private long position;

  /**
   * @param position of the first byte that {@code in} gives
   * @param end of the file; {@link Long#MAX_VALUE} where it is not known
   */
  DicomInput(InputStream in, long position, long end) {
    this.in = in;
    this.position = position;
    this.end = end;
  }

  long position() {
    return position;
  }

  /** How many bytes may follow. */
  long remaining() {
    return end - position;
  }

  boolean atEnd() throws IOException {
    if (position >= end) {
      return true;
    }
    in.mark(1);
    int next = in.read();
    in.reset();
    return next < 0;
  }

  int unsigned16() throws IOException, DicomException {
    byte[] bytes = bytes(2);
    return bytes[0] & 0xff | (bytes[1] & 0xff) << 8;
  }

  long unsigned32() throws IOException, DicomException {
    return unsigned16() | (long) unsigned16() << 16;
  }

  int tag() throws IOException, DicomException {
    return unsigned16() << 16 | unsigned16();
  }

  byte[] bytes(int length) throws IOException, DicomException {
    check(length);
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new DicomException(ENDS);
    }
    position += length;
    return bytes;
  }

  void skip(long length) throws IOException, DicomException {
    check(length);
    try {
      in.skipNBytes(length);
    } catch (EOFException e) {
      throw new DicomException(ENDS, e);
    }
    position += length;
  }

  private void check(long length) throws DicomException {
    if (length > remaining()) {
      throw new DicomException(ENDS);
    }
  }
}
