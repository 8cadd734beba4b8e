package io.octnet.hdf5;

import io.octnet.text.Text;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * What must hold of the first bytes of a file before anything else in it is believed.
 *
 * @param base where the file proper starts: behind the user block, if there is one
 */
record Superblock(int base) {
  private static final long SIGNATURE = 0x894844460D0A1A0AL; // \x89HDF\r\n\x1a\n
  private static final int FIRST_USER_BLOCK = 512;

  /**
   * Finds and checks the superblock: signature, version, eight-byte offsets, and that the file is
   * as long as it says. A longer one is accepted, as libhdf5 does.
   */
  static Superblock check(String file, ByteBuffer bytes) throws Hdf5Exception {
    if (bytes.limit() == 0) {
      throw new Hdf5Exception(file, "", "the file is empty; expected an HDF5 file");
    }
    int base = find(bytes);
    if (base < 0) {
      throw new Hdf5Exception(file, "", "not an HDF5 file: it has no HDF5 signature");
    }
    ByteBuffer block = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN).position(base).slice();
    block.order(ByteOrder.LITTLE_ENDIAN);
    int version = block.limit() > 8 ? block.get(8) : 0;
    int endOfFileAt =
        switch (version) {
          case 0 -> 40;
          case 1 -> 44;
          case 2, 3 -> 28;
          default ->
              throw new Hdf5Exception(
                  file, "", "has an HDF5 superblock of version " + version + "; 0 to 3 are known");
        };
    if (block.limit() < 96 && version < 2 || block.limit() < 48) {
      throw truncated(file, bytes.limit(), "less than the superblock");
    }
    int sizesAt = version < 2 ? 13 : 9;
    if (block.get(sizesAt) != 8 || block.get(sizesAt + 1) != 8) {
      throw new Hdf5Exception(file, "", "is damaged, or has offsets that are not of 8 bytes");
    }
    long endOfFile = block.getLong(endOfFileAt);
    if (endOfFile < 0 || endOfFile > bytes.limit()) {
      throw truncated(
          file, bytes.limit(), "its header promises " + Long.toUnsignedString(endOfFile));
    }
    return new Superblock(base);
  }

  private static Hdf5Exception truncated(String file, long size, String expected) {
    return new Hdf5Exception(
        file,
        "",
        Text.format("truncated: %d bytes, %s; get or copy the file again", size, expected));
  }

  /** The signature stands at 0, 512, 1024, 2048, ...; -1 if it does not. */
  private static int find(ByteBuffer bytes) {
    ByteBuffer bigEndian = bytes.duplicate().order(ByteOrder.BIG_ENDIAN);
    for (long at = 0; at + 8 <= bytes.limit(); at = at == 0 ? FIRST_USER_BLOCK : 2 * at) {
      if (bigEndian.getLong((int) at) == SIGNATURE) {
        return (int) at;
      }
    }
    return -1;
  }
}
