package io.octnet.hdf5;

import java.util.List;

/**
 * The value of an attribute: its type, its axes and its bytes; or a text, whose bytes lie in the
 * file's global heap.
 *
 * @param text the text, or null where {@code data} holds the value
 */
record Attribute(Datatype type, int[] shape, byte[] data, String text) {

  static Attribute text(String value) {
    return new Attribute(Datatype.TEXT, new int[0], new byte[Datatype.TEXT.size()], value);
  }

  /** Names of one width, padded with zero bytes; no names at all are an empty array of float64. */
  static Attribute strings(List<byte[]> values, int width) {
    int[] shape = {values.size()};
    if (values.isEmpty()) {
      return new Attribute(Datatype.FLOAT64, shape, new byte[0], null);
    }
    byte[] data = new byte[values.size() * width];
    for (int i = 0; i < values.size(); i++) {
      System.arraycopy(values.get(i), 0, data, i * width, values.get(i).length);
    }
    boolean ascii = true;
    for (byte character : data) {
      ascii &= character >= 0;
    }
    return new Attribute(Datatype.fixedString(width, ascii), shape, data, null);
  }
}
