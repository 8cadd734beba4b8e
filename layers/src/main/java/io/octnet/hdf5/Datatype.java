package io.octnet.hdf5;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A data type as a datatype message describes it (version 1, little-endian).
 *
 * @param encoding the message's bytes
 * @param size the bytes of one element
 */
record Datatype(byte[] encoding, int size) {
  private static final int FIXED_POINT = 0x10;
  private static final int FLOATING_POINT = 0x11;
  private static final int STRING = 0x13;
  private static final int VARIABLE_LENGTH = 0x19;

  /**
   * IEEE 754: sign at bit 31, exponent of 8 bits at 23, bias 127; the mantissa's top bit implied.
   */
  static final Datatype FLOAT32 = floatingPoint(4, 31, 8, 127);

  static final Datatype FLOAT64 = floatingPoint(8, 63, 11, 1023);
  static final Datatype INT64 = fixedPoint(8, true);

  /** A variable-length UTF-8 string: length, address of a global heap, index in it. */
  static final Datatype TEXT =
      encode(VARIABLE_LENGTH, 0x01, 0x01, 16, fixedPoint(1, false).encoding());

  /**
   * A string of so many bytes, padded with zeros; in ASCII, which is what Keras writes, or UTF-8.
   */
  static Datatype fixedString(int bytes, boolean ascii) {
    return encode(STRING, ascii ? 0x01 : 0x11, 0, bytes, new byte[0]);
  }

  private static Datatype floatingPoint(int size, int signBit, int exponentBits, int bias) {
    int mantissaBits = signBit - exponentBits;
    ByteBuffer properties = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
    properties.putShort((short) 0).putShort((short) (8 * size)); // bit offset, precision
    properties.put((byte) mantissaBits).put((byte) exponentBits); // where the exponent is
    properties.put((byte) 0).put((byte) mantissaBits).putInt(bias);
    return encode(FLOATING_POINT, 0x20, signBit, size, properties.array());
  }

  private static Datatype fixedPoint(int size, boolean signed) {
    ByteBuffer properties = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN);
    properties.putShort((short) 0).putShort((short) (8 * size)); // bit offset, precision
    return encode(FIXED_POINT, signed ? 0x08 : 0, 0, size, properties.array());
  }

  private static Datatype encode(
      int versionAndClass, int bits0, int bits1, int size, byte[] properties) {
    ByteBuffer message = ByteBuffer.allocate(8 + properties.length).order(ByteOrder.LITTLE_ENDIAN);
    message.put((byte) versionAndClass).put((byte) bits0).put((byte) bits1).put((byte) 0);
    message.putInt(size).put(properties);
    return new Datatype(message.array(), size);
  }
}
