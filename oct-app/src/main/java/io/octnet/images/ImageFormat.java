package io.octnet.images;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The file formats that are read, told by their first bytes and never by the name. */
public enum ImageFormat {
  JPEG(List.of("jpeg", "jpg", "jpe", "jfif"), "FFD8FF"),
  PNG(List.of("png"), "89504E470D0A1A0A"),
  TIFF(List.of("tif", "tiff"), "49492A00", "4D4D002A"),
  BMP(List.of("bmp", "dib"), "424D");

  private static final int LONGEST_MAGIC = 16;

  private final List<String> extensions;
  private final List<byte[]> magics;

  ImageFormat(List<String> extensions, String... magics) {
    this.extensions = extensions;
    this.magics = Arrays.stream(magics).map(hex -> HexFormat.of().parseHex(hex)).toList();
  }

  /**
   * Whether a file of this name is taken for an image (its content may still be something else).
   */
  public static boolean isImageName(String name) {
    String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return name.contains(".")
        && Arrays.stream(values()).anyMatch(format -> format.extensions.contains(extension));
  }

  /** The format that the bytes begin like. */
  static Optional<ImageFormat> of(byte[] bytes) {
    return Arrays.stream(values())
        .filter(format -> format.magics.stream().anyMatch(magic -> startsWith(bytes, magic)))
        .findFirst();
  }

  /** The format that a file begins like; empty, too, where it cannot be read. */
  static Optional<ImageFormat> ofHead(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return of(in.readNBytes(LONGEST_MAGIC));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** What a file that is no image seems to be, for the error message. */
  static String describe(byte[] bytes) {
    int n = Math.min(bytes.length, 24);
    String head = new String(bytes, 0, n, StandardCharsets.ISO_8859_1);
    boolean text = head.chars().allMatch(c -> c >= 32 && c < 127 || Character.isWhitespace(c));
    return text
        ? "text, beginning with \"" + head.replaceAll("\\s+", " ").strip() + "\""
        : "bytes " + HexFormat.ofDelimiter(" ").formatHex(bytes, 0, Math.min(n, 8));
  }

  private static boolean startsWith(byte[] bytes, byte[] magic) {
    return bytes.length >= magic.length
        && Arrays.equals(bytes, 0, magic.length, magic, 0, magic.length);
  }
}
