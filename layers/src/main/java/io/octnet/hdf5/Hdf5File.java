package io.octnet.hdf5;

import io.jhdf.HdfFile;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * An HDF5 file opened for reading, from which nothing is taken on trust.
 *
 * <p>The file is mapped, so that no length in it can make a reader allocate: what lies outside the
 * file is an error, at once. Links are not followed. Whatever is wrong becomes one {@link
 * Hdf5Exception} that names the file and the group or data set.
 */
public final class Hdf5File implements AutoCloseable {
  private final String name;
  private final ByteBuffer bytes;
  private final int base;
  private final Arena mapping; // null where the bytes are the caller's
  private HdfFile file;

  private Hdf5File(String name, ByteBuffer bytes, Arena mapping) throws Hdf5Exception {
    this.name = name;
    this.bytes = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    this.mapping = mapping;
    this.base = Superblock.check(name, bytes).base();
    this.file = Guard.run(name, "", () -> HdfFile.fromByteBuffer(bytes.duplicate()));
  }

  /**
   * Opens a file.
   *
   * @throws Hdf5Exception if it is not an HDF5 file, truncated, or larger than 2 GiB
   * @throws IOException if it cannot be read at all
   */
  public static Hdf5File open(Path path) throws IOException {
    String name = path.toString();
    Arena mapping = Arena.ofShared();
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      long size = channel.size();
      if (size > Integer.MAX_VALUE) {
        throw new Hdf5Exception(name, "", "has " + size + " bytes; at most 2 GiB can be read");
      }
      ByteBuffer bytes =
          channel.map(FileChannel.MapMode.READ_ONLY, 0, size, mapping).asByteBuffer();
      return new Hdf5File(name, bytes, mapping);
    } catch (IOException | RuntimeException e) {
      mapping.close();
      throw e;
    }
  }

  /**
   * Opens a file that lies in memory.
   *
   * @param name what errors call it
   */
  public static Hdf5File open(String name, ByteBuffer bytes) throws Hdf5Exception {
    return new Hdf5File(name, bytes.slice(), null);
  }

  /** The root group. */
  public Hdf5Group root() {
    return new Hdf5Group(this, file, "");
  }

  /** What errors call the file. */
  public String name() {
    return name;
  }

  /** The file's length in bytes. */
  public long size() {
    return bytes.limit();
  }

  /** The bytes of the file from an address on, little-endian. */
  ByteBuffer at(long address) {
    return bytes
        .duplicate()
        .position(Math.toIntExact(Math.addExact(address, base)))
        .slice()
        .order(ByteOrder.LITTLE_ENDIAN);
  }

  @Override
  public void close() {
    file.close();
    if (mapping != null) {
      mapping.close();
    }
  }
}
