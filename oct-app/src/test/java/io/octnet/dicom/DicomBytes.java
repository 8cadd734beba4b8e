package io.octnet.dicom;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** DICOM files for tests, in explicit little endian, element by element. */
public final class DicomBytes {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /** A file of this transfer syntax, without its data set. */
  public static DicomBytes file(String syntax) {
    DicomBytes own = new DicomBytes().text(0x00020010, "UI", syntax);
    DicomBytes file = new DicomBytes();
    file.out.writeBytes(new byte[128]);
    file.out.writeBytes("DICM".getBytes(StandardCharsets.US_ASCII));
    file.element(0x00020000, "UL", little(own.out.size(), 4));
    file.out.writeBytes(own.bytes());
    return file;
  }

  /** An OCT volume of 8 bits as a device writes it: the patient's name and id in clear. */
  public static byte[] volume(
      String name, String id, String eye, int frames, int rows, int columns, byte[] pixels) {
    return file("1.2.840.10008.1.2.1")
        .text(0x00080060, "CS", "OPT")
        .text(0x00100010, "PN", name)
        .text(0x00100020, "LO", id)
        .text(0x0020000E, "UI", "1.2.3.4")
        .text(0x00200062, "CS", eye)
        .image("MONOCHROME2", 1, frames, rows, columns, 8, 8)
        .element(0x7FE00010, "OB", pixels)
        .bytes();
  }

  /** The attributes that describe pixels. */
  public DicomBytes image(
      String photometric, int samples, int frames, int rows, int columns, int bits, int stored) {
    return number(0x00280002, samples)
        .text(0x00280004, "CS", photometric)
        .text(0x00280008, "IS", "" + frames)
        .number(0x00280010, rows)
        .number(0x00280011, columns)
        .number(0x00280100, bits)
        .number(0x00280101, stored)
        .number(0x00280102, stored - 1)
        .number(0x00280103, 0);
  }

  public DicomBytes number(int tag, int value) {
    return element(tag, "US", little(value, 2));
  }

  public DicomBytes text(int tag, String representation, String value) {
    String padded = value.length() % 2 == 0 ? value : value + " ";
    return element(tag, representation, padded.getBytes(StandardCharsets.US_ASCII));
  }

  public DicomBytes element(int tag, String representation, byte[] value) {
    boolean wide = "OB OW SQ UN UT".contains(representation);
    header(tag, representation, wide ? 4 : 2, value.length);
    out.writeBytes(value);
    return this;
  }

  /** A sequence of one item. */
  public DicomBytes sequence(int tag, DicomBytes item, boolean delimited) {
    byte[] content = item.bytes();
    header(tag, "SQ", 4, delimited ? -1 : content.length + 8);
    item(delimited ? -1 : content.length);
    out.writeBytes(content);
    return delimited ? end(0xFFFEE00D).end(0xFFFEE0DD) : this;
  }

  /** Encoded pixels, each fragment as it is, behind a table. */
  public DicomBytes fragments(byte[] table, byte[]... fragments) {
    header(0x7FE00010, "OB", 4, -1);
    item(table.length);
    out.writeBytes(table);
    for (byte[] fragment : fragments) {
      item(fragment.length);
      out.writeBytes(fragment);
    }
    return end(0xFFFEE0DD);
  }

  private void item(int length) {
    out.writeBytes(tag(0xFFFEE000));
    out.writeBytes(little(length, 4));
  }

  private DicomBytes end(int tag) {
    out.writeBytes(tag(tag));
    out.writeBytes(new byte[4]);
    return this;
  }

  private void header(int tag, String representation, int lengthBytes, int length) {
    out.writeBytes(tag(tag));
    out.writeBytes(representation.getBytes(StandardCharsets.US_ASCII));
    if (lengthBytes == 4) {
      out.writeBytes(new byte[2]);
    }
    out.writeBytes(little(length, lengthBytes));
  }

  private static byte[] tag(int tag) {
    return little(tag >>> 16 | tag << 16, 4);
  }

  public static byte[] little(int value, int length) {
    ByteBuffer buffer = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value);
    byte[] bytes = new byte[length];
    buffer.get(0, bytes);
    return bytes;
  }

  public byte[] bytes() {
    return out.toByteArray();
  }
}
