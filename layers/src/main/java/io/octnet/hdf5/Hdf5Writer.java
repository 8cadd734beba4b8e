package io.octnet.hdf5;

import java.io.IOException;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Writes a tree of groups and data sets as an HDF5 file of the 1.0 format: superblock version 0,
 * symbol-table groups, contiguous little-endian data, attributes of version 1. It is the layout of
 * Keras's own weight files, which every reader knows.
 *
 * <p>The same tree gives the same bytes. The file appears whole or not at all: it is written under
 * a temporary name beside its own, forced to the disk, and renamed.
 */
public final class Hdf5Writer {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'};
  private static final int BUFFER = 1 << 20;

  private final FileChannel channel;
  private final FileLayout layout;
  private final ByteBuffer buffer =
      ByteBuffer.allocateDirect(BUFFER).order(ByteOrder.LITTLE_ENDIAN);

  private Hdf5Writer(FileChannel channel, FileLayout layout) {
    this.channel = channel;
    this.layout = layout;
  }

  /**
   * Writes a file, replacing one that exists.
   *
   * @throws IOException if it cannot be written; nothing is left behind then, and an existing file
   *     stays as it was
   * @throws IllegalArgumentException if the tree does not fit the format
   */
  public static void write(Path file, GroupNode root) throws IOException {
    FileLayout layout = new FileLayout(root);
    Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
    try {
      try (FileChannel channel =
          FileChannel.open(
              temporary,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        new Hdf5Writer(channel, layout).write(root);
        channel.force(true);
      }
      Files.move(
          temporary, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException | RuntimeException e) {
      deleteQuietly(temporary, e);
      throw e;
    }
  }

  private void write(GroupNode root) throws IOException {
    put(superblock(root));
    put(layout.texts().encode());
    putNode(root);
    flush();
    if (channel.position() != layout.end()) {
      throw new IllegalStateException(
          "wrote " + channel.position() + " bytes where the layout has " + layout.end());
    }
  }

  private byte[] superblock(GroupNode root) {
    ByteBuffer block = Messages.littleEndian(FileLayout.SUPERBLOCK);
    block.put(SIGNATURE);
    block.put(new byte[] {0, 0, 0, 0, 0}); // versions: superblock, free space, root, -, messages
    block.put((byte) 8).put((byte) 8).put((byte) 0); // bytes of an offset and of a length
    block.putShort((short) FileLayout.LEAF_K).putShort((short) layout.treeK()).putInt(0);
    block.putLong(0).putLong(Messages.UNDEFINED_ADDRESS); // base address, no free-space index
    block.putLong(layout.end()).putLong(Messages.UNDEFINED_ADDRESS); // end of file, no driver
    GroupBlocks.putSymbol(block, 0, root, layout);
    return block.array();
  }

  private void putNode(Hdf5Object node) throws IOException {
    put(Messages.objectHeader(layout.messages(node)));
    switch (node) {
      case DatasetNode dataset -> {
        putValues(dataset.values());
        put(new byte[(int) (FileLayout.paddedBytes(dataset) - dataset.bytes())]);
      }
      case GroupNode group -> {
        put(GroupBlocks.encode(group, layout));
        for (Hdf5Object child : group.children().values()) {
          putNode(child);
        }
      }
    }
  }

  private void put(byte[] bytes) throws IOException {
    for (int from = 0; from < bytes.length; ) {
      int count = room(1, bytes.length - from);
      buffer.put(bytes, from, count);
      from += count;
    }
  }

  private void putValues(Object values) throws IOException {
    switch (values) {
      case float[] floats -> {
        for (int from = 0; from < floats.length; ) {
          int count = room(Float.BYTES, floats.length - from);
          advance(buffer.asFloatBuffer().put(floats, from, count), Float.BYTES);
          from += count;
        }
      }
      case double[] doubles -> {
        for (int from = 0; from < doubles.length; ) {
          int count = room(Double.BYTES, doubles.length - from);
          advance(buffer.asDoubleBuffer().put(doubles, from, count), Double.BYTES);
          from += count;
        }
      }
      case long[] longs -> {
        for (int from = 0; from < longs.length; ) {
          int count = room(Long.BYTES, longs.length - from);
          advance(buffer.asLongBuffer().put(longs, from, count), Long.BYTES);
          from += count;
        }
      }
      default -> throw new IllegalStateException("values of type " + values.getClass());
    }
  }

  /** How many of so many elements fit the buffer, which is emptied where none would. */
  private int room(int elementBytes, int elements) throws IOException {
    if (buffer.remaining() < elementBytes) {
      flush();
    }
    return Math.min(buffer.remaining() / elementBytes, elements);
  }

  private void advance(Buffer view, int elementBytes) {
    buffer.position(buffer.position() + view.position() * elementBytes);
  }

  private void flush() throws IOException {
    buffer.flip();
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
    buffer.clear();
  }

  private static void deleteQuietly(Path file, Exception cause) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }
}
