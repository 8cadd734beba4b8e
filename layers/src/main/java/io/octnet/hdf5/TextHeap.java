package io.octnet.hdf5;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * The global heap collection that holds the text attributes of a file. It stands directly behind
 * the superblock, so that its address is known before anything else is laid out.
 */
final class TextHeap {
  /** Readers expect a collection of at least so many bytes. */
  private static final int SMALLEST = 4096;

  private static final int HEADER = 16;
  private static final int OBJECT_HEADER = 16;

  private final long address;
  private final List<byte[]> texts = new ArrayList<>();
  private final Map<Attribute, Integer> indexOf = new IdentityHashMap<>();

  TextHeap(long address, Hdf5Object root) {
    this.address = address;
    collect(root);
    if (texts.size() > 0xFFFF) {
      throw new IllegalArgumentException(texts.size() + " text attributes; at most 65535 fit");
    }
  }

  private void collect(Hdf5Object node) {
    for (Attribute attribute : node.attributes().values()) {
      if (attribute.text() != null) {
        texts.add(attribute.text().getBytes(StandardCharsets.UTF_8));
        indexOf.put(attribute, texts.size()); // counted from 1: 0 is the free space
      }
    }
    if (node instanceof GroupNode group) {
      group.children().values().forEach(this::collect);
    }
  }

  /** The value of a text attribute: its length, and where in the heap it is. */
  byte[] reference(Attribute attribute) {
    int index = indexOf.get(attribute);
    ByteBuffer reference = Messages.littleEndian(attribute.type().size());
    reference.putInt(texts.get(index - 1).length).putLong(address).putInt(index);
    return reference.array();
  }

  /** The collection's bytes; none where there is no text. */
  byte[] encode() {
    if (texts.isEmpty()) {
      return new byte[0];
    }
    int used = HEADER;
    for (byte[] text : texts) {
      used += OBJECT_HEADER + Messages.paddedLength(text.length);
    }
    int size = Math.max(SMALLEST, used + OBJECT_HEADER);
    ByteBuffer heap = Messages.littleEndian(size);
    heap.put("GCOL".getBytes(StandardCharsets.US_ASCII)).put((byte) 1).position(8);
    heap.putLong(size);
    for (int i = 0; i < texts.size(); i++) {
      heap.putShort((short) (i + 1)).putShort((short) 0).putInt(0);
      heap.putLong(texts.get(i).length).put(Messages.padded(texts.get(i)));
    }
    heap.putShort((short) 0).putShort((short) 0).putInt(0).putLong(size - used); // free space
    return heap.array();
  }
}
