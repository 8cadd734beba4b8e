package io.octnet.tensor;

import io.octnet.text.Text;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * NumPy's array file, format 1.0: magic, header length, a Python dict as text, then the values in C
 * order.
 *
 * <p>Read: {@code <f4}, {@code <f8}, {@code <i4}, {@code <i8}, {@code |u1}, {@code |b1}. Written:
 * {@code <f4}. A file is believed only as far as its own length goes: a header that promises more
 * elements than the file holds is refused before anything is allocated.
 *
 * @param dims the axes; empty for a scalar
 * @param type NumPy's type, e.g. {@code <f4}
 * @param values the elements as doubles hold them exactly, little-endian bytes as stored
 */
public record Npy(int[] dims, String type, byte[] values) {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};
  private static final Pattern HEADER =
      Pattern.compile(
          "\\{\\s*'descr':\\s*'([^']{2,4})',\\s*'fortran_order':\\s*(True|False),\\s*'shape':\\s*\\(([0-9, ]*)\\),?\\s*\\}\\s*");

  /**
   * Reads a file.
   *
   * @throws IOException if it cannot be read, or is not a file of this format; the message names
   *     the file
   */
  public static Npy read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return read(new DataInputStream(in), Files.size(file));
    } catch (EOFException e) {
      throw new IOException(file + " is not a complete .npy file: it ends too early", e);
    } catch (IllegalArgumentException e) {
      throw new IOException(file + " is not a .npy file that can be read: " + e.getMessage(), e);
    }
  }

  private static Npy read(DataInputStream in, long fileSize) throws IOException {
    Header header = Header.read(in);
    long bytes = elements(header.dims) * bytesPerElement(header.type);
    long available = fileSize - header.length;
    if (bytes != available) {
      throw new IllegalArgumentException(
          Text.format(
              "shape %s of %s needs %d bytes, the file has %d",
              Arrays.toString(header.dims), header.type, bytes, available));
    }
    byte[] values = new byte[Math.toIntExact(bytes)];
    in.readFully(values);
    return new Npy(header.dims, header.type, values);
  }

  /**
   * What stands before the values.
   *
   * @param dims the axes; empty for a scalar
   * @param type NumPy's type, of any kind
   * @param length of the header itself in bytes
   */
  public record Header(int[] dims, String type, int length) {
    /**
     * Reads it from the beginning of an array.
     *
     * @throws IllegalArgumentException saying what is wrong with it
     */
    public static Header read(DataInputStream in) throws IOException {
      byte[] magic = new byte[MAGIC.length];
      in.readFully(magic);
      if (!Arrays.equals(magic, MAGIC)) {
        throw new IllegalArgumentException("it does not start with the magic of format 1.0");
      }
      int length = in.readUnsignedByte() | in.readUnsignedByte() << 8;
      byte[] header = new byte[length];
      in.readFully(header);
      Matcher matcher = HEADER.matcher(new String(header, StandardCharsets.ISO_8859_1));
      if (!matcher.matches()) {
        throw new IllegalArgumentException("its header is malformed");
      }
      if (matcher.group(2).equals("True")) {
        throw new IllegalArgumentException("it is in Fortran order; save it in C order");
      }
      return new Header(Npy.dims(matcher.group(3)), matcher.group(1), MAGIC.length + 2 + length);
    }
  }

  private static int[] dims(String text) {
    try {
      return Arrays.stream(text.split(","))
          .map(String::strip)
          .filter(part -> !part.isEmpty())
          .mapToInt(Integer::parseInt)
          .toArray();
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("its shape (" + text + ") is malformed", e);
    }
  }

  private static long elements(int[] dims) {
    long elements = 1;
    for (int dim : dims) {
      elements *= dim;
      if (elements > Integer.MAX_VALUE) {
        throw new IllegalArgumentException(
            "its shape " + Arrays.toString(dims) + " is too large for one array");
      }
    }
    return elements;
  }

  private static int bytesPerElement(String type) {
    return switch (type) {
      case "|u1", "|b1" -> 1;
      case "<f4", "<i4" -> 4;
      case "<f8", "<i8" -> 8;
      default ->
          throw new IllegalArgumentException(
              "its type is '" + type + "', expected one of <f4, <f8, <i4, <i8, |u1, |b1");
    };
  }

  /** The number of elements. */
  public int size() {
    return values.length / bytesPerElement(type);
  }

  /** The elements, each rounded to float. */
  public float[] floats() {
    double[] doubles = doubles();
    float[] floats = new float[doubles.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) doubles[i];
    }
    return floats;
  }

  /** The elements, exactly (integers beyond 2^53 apart). */
  public double[] doubles() {
    ByteBuffer buffer = ByteBuffer.wrap(values).order(ByteOrder.LITTLE_ENDIAN);
    double[] result = new double[size()];
    for (int i = 0; i < result.length; i++) {
      result[i] =
          switch (type) {
            case "<f4" -> buffer.getFloat();
            case "<f8" -> buffer.getDouble();
            case "<i4" -> buffer.getInt();
            case "<i8" -> buffer.getLong();
            default -> buffer.get() & 0xFF;
          };
    }
    return result;
  }

  /** The elements of an integer array. */
  public int[] ints() {
    double[] doubles = doubles();
    int[] ints = new int[doubles.length];
    for (int i = 0; i < ints.length; i++) {
      ints[i] = (int) doubles[i];
    }
    return ints;
  }

  /** The array as a tensor. */
  public Tensor tensor() {
    return Tensor.of(Shape.of(dims), floats());
  }

  /** Writes a {@code <f4} file under a temporary name, then renames it. */
  public static void write(Path file, Shape shape, float[] data) {
    Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
    try {
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(temporary))) {
        out.write(headerOf(shape));
        ByteBuffer chunk = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < shape.size(); i++) {
          if (!chunk.hasRemaining()) {
            out.write(chunk.array(), 0, chunk.position());
            chunk.clear();
          }
          chunk.putFloat(data[i]);
        }
        out.write(chunk.array(), 0, chunk.position());
      }
      Files.move(
          temporary, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      deleteQuietly(temporary, e);
      throw new UncheckedIOException("cannot write " + file + ": " + e.getMessage(), e);
    }
  }

  private static void deleteQuietly(Path file, IOException cause) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }

  private static byte[] headerOf(Shape shape) {
    String dims = shape.rank() == 1 ? "(" + shape.dim(0) + ",)" : shape.toString();
    String text = "{'descr': '<f4', 'fortran_order': False, 'shape': " + dims + ", }";
    int padded =
        (MAGIC.length + 2 + text.length() + 1 + 63)
            / 64
            * 64; // the data starts at a multiple of 64
    int length = padded - MAGIC.length - 2;
    ByteBuffer header = ByteBuffer.allocate(padded).order(ByteOrder.LITTLE_ENDIAN);
    header.put(MAGIC).putShort((short) length);
    header.put(
        (text + " ".repeat(length - text.length() - 1) + "\n")
            .getBytes(StandardCharsets.ISO_8859_1));
    return header.array();
  }
}
