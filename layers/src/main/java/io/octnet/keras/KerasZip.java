package io.octnet.keras;

import io.octnet.text.Text;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * A {@code .keras} file: a zip file of {@code metadata.json}, {@code config.json} and {@code
 * model.weights.h5}. An entry is read into memory only as far as it says, if what it says is sane,
 * and its checksum is compared.
 */
final class KerasZip implements AutoCloseable {
  private static final int MOST_JSON = 64 << 20;

  /** Weights hardly pack; zeros of an optimizer do. Beyond this an entry is a trap. */
  private static final int MOST_INFLATION = 100;

  private static final int SMALL = 16 << 20;

  private final String file;
  private final ZipFile zip;
  private final long length;

  private KerasZip(String file, ZipFile zip, long length) {
    this.file = file;
    this.zip = zip;
    this.length = length;
  }

  static KerasZip open(Path path) throws IOException {
    try {
      return new KerasZip(path.toString(), new ZipFile(path.toFile()), Files.size(path));
    } catch (ZipException | EOFException | RuntimeException e) {
      throw new WeightFormatException(
          path.toString(), "", "is a damaged or truncated zip file: " + e.getMessage());
    }
  }

  String text(String name) throws IOException {
    return new String(bytes(name, MOST_JSON), StandardCharsets.UTF_8);
  }

  byte[] bytes(String name) throws IOException {
    return bytes(name, Integer.MAX_VALUE - 8);
  }

  private byte[] bytes(String name, int most) throws IOException {
    ZipEntry entry = zip.getEntry(name);
    if (entry == null) {
      throw new WeightFormatException(file, "", "is a zip file without " + name);
    }
    long size = entry.getSize();
    long packed = entry.getCompressedSize();
    boolean stored = entry.getMethod() == ZipEntry.STORED;
    boolean trap = stored ? size != packed : size > SMALL && size > MOST_INFLATION * packed;
    if (size < 0 || size > most || packed > length || trap) {
      throw new WeightFormatException(
          file, name, Text.format("claims %d bytes, packed into %d: refused", size, packed));
    }
    try (InputStream in = zip.getInputStream(entry)) {
      byte[] bytes = read(in, (int) size, stored);
      CRC32 checksum = new CRC32();
      checksum.update(bytes);
      if (bytes.length != size || in.read() >= 0 || checksum.getValue() != entry.getCrc()) {
        throw new WeightFormatException(file, name, "is damaged: its checksum differs");
      }
      return bytes;
    } catch (ZipException | EOFException | RuntimeException e) {
      throw new WeightFormatException(file, name, "is damaged: " + e.getMessage());
    }
  }

  /** A packed entry is believed only as far as it goes; a stored one lies in the file. */
  private static byte[] read(InputStream in, int size, boolean stored) throws IOException {
    if (!stored) {
      return in.readNBytes(size);
    }
    byte[] bytes = new byte[size];
    int read = in.readNBytes(bytes, 0, size);
    return read == size ? bytes : Arrays.copyOf(bytes, read);
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
