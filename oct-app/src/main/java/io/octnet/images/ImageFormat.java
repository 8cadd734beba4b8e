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
import java.util.regex.Pattern;

/** The file formats that are read, told by their first bytes and never by the name. */
public enum ImageFormat {
  JPEG(List.of("jpeg", "jpg", "jpe", "jfif"), "FFD8FF"),
  PNG(List.of("png"), "89504E470D0A1A0A"),
  TIFF(List.of("tif", "tiff", "btf"), "49492A00", "4D4D002A", "49492B00", "4D4D002B"),
  BMP(List.of("bmp", "dib"), "424D"),
  GIF(List.of("gif"), "47494638"),
  WEBP(List.of("webp"), "52494646........57454250"); // dots: the length

  private static final int LONGEST_MAGIC = 16;

  private final List<String> extensions;
  private final List<Pattern> magics;

  ImageFormat(List<String> extensions, String... magics) {
    this.extensions = extensions;
    this.magics = Arrays.stream(magics).map(Pattern::compile).toList();
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
    String head =
        HexFormat.of().withUpperCase().formatHex(bytes, 0, Math.min(bytes.length, LONGEST_MAGIC));
    return Arrays.stream(values())
        .filter(format -> format.magics.stream().anyMatch(m -> m.matcher(head).lookingAt()))
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
}
