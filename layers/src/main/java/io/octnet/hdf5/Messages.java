package io.octnet.hdf5;

import io.octnet.text.Text;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * The messages of an object header (version 1), and the header around them. Names and numbers are
 * those of the HDF5 file format specification, section IV.
 */
final class Messages {
  static final long UNDEFINED_ADDRESS = -1;

  private static final int HEADER_PREFIX = 16;
  private static final int MESSAGE_PREFIX = 8;

  private Messages() {}

  /** One message; the body's length is a multiple of eight. */
  record Message(int type, int flags, byte[] body) {}

  static Message dataspace(int[] shape) {
    ByteBuffer body = littleEndian(8 + 8 * shape.length);
    body.put((byte) 1).put((byte) shape.length).position(8);
    for (int dim : shape) {
      body.putLong(dim);
    }
    return new Message(0x01, 0, body.array());
  }

  static Message datatype(Datatype type) {
    return new Message(0x03, 1, padded(type.encoding())); // flag: never changes
  }

  /** No fill value: every value is written. */
  static Message fillValue() {
    return new Message(0x05, 0, new byte[] {2, 2, 2, 0, 0, 0, 0, 0});
  }

  static Message contiguousLayout(long address, long bytes) {
    ByteBuffer body = littleEndian(24);
    body.put((byte) 3).put((byte) 1).putLong(address).putLong(bytes);
    return new Message(0x08, 0, body.array());
  }

  static Message symbolTable(long treeAddress, long heapAddress) {
    return new Message(0x11, 0, littleEndian(16).putLong(treeAddress).putLong(heapAddress).array());
  }

  /** An attribute of version 1: its name, type, axes and value, each padded to eight bytes. */
  static Message attribute(String name, Attribute attribute, byte[] value) {
    byte[] encodedName = (name + "\0").getBytes(StandardCharsets.UTF_8);
    byte[] type = attribute.type().encoding();
    byte[] space = dataspace(attribute.shape()).body();
    int prefix = 8 + paddedLength(encodedName.length) + paddedLength(type.length) + space.length;
    ByteBuffer body = littleEndian(paddedLength(prefix + value.length));
    body.put((byte) 1).put((byte) 0);
    body.putShort((short) encodedName.length);
    body.putShort((short) type.length);
    body.putShort((short) space.length);
    body.put(padded(encodedName)).put(padded(type)).put(space).put(value);
    if (body.capacity() > 65528) {
      throw new IllegalArgumentException(
          Text.format(
              "attribute %s takes %d bytes; an object header holds at most 65528 of one attribute",
              name.substring(0, Math.min(40, name.length())), body.capacity()));
    }
    return new Message(0x0c, 0, body.array());
  }

  /** The bytes of an object header with these messages. */
  static byte[] objectHeader(List<Message> messages) {
    int size = objectHeaderSize(messages);
    ByteBuffer header = littleEndian(size);
    header.put((byte) 1).put((byte) 0).putShort((short) messages.size());
    header.putInt(1).putInt(size - HEADER_PREFIX).putInt(0); // reference count, size, padding
    for (Message message : messages) {
      header.putShort((short) message.type()).putShort((short) message.body().length);
      header.put((byte) message.flags()).put(new byte[3]).put(message.body());
    }
    return header.array();
  }

  static int objectHeaderSize(List<Message> messages) {
    int size = HEADER_PREFIX;
    for (Message message : messages) {
      size += MESSAGE_PREFIX + message.body().length;
    }
    return size;
  }

  static ByteBuffer littleEndian(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  static int paddedLength(int length) {
    return (length + 7) & ~7;
  }

  static byte[] padded(byte[] bytes) {
    return Arrays.copyOf(bytes, paddedLength(bytes.length));
  }
}
