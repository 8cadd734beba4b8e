package io.octnet.images;

import io.octnet.UserException;
import io.octnet.text.Text;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/**
 * A volume that Heidelberg's viewer exported, {@code .vol}, versions HSF-OCT-1xx: a header of 2,048
 * bytes, the picture of the fundus, then for each B-scan a header and rows of float32 reflectivity,
 * all in little endian.
 *
 * <p>{@code gray = 255 * reflectivity^(1/4)}, as the viewer shows it; what lies outside of the scan
 * is marked by a huge number, and black here.
 */
final class HeidelbergVolume implements ScanFile {
  private static final byte[] MAGIC = "HSF-OCT-".getBytes(StandardCharsets.US_ASCII);
  private static final int HEADER = 2048;
  private static final int WIDTH_AT = 12;
  private static final int SCANS_AT = 16;
  private static final int HEIGHT_AT = 20;
  private static final int FUNDUS_WIDTH_AT = 48;
  private static final int FUNDUS_HEIGHT_AT = 52;
  private static final int EYE_AT = 84;
  private static final int SCAN_HEADER_AT = 100;
  private static final int PATIENT_AT = 140;
  private static final int PATIENT_LENGTH = 21;

  private final Path path;
  private final FileChannel channel;
  private final ByteBuffer header;
  private final int width;
  private final int height;
  private final int scans;
  private final long scanBytes;

  private HeidelbergVolume(Path path, FileChannel channel) throws IOException {
    this.path = path;
    this.channel = channel;
    this.header = read(0, HEADER);
    this.width = header.getInt(WIDTH_AT);
    this.height = header.getInt(HEIGHT_AT);
    this.scans = header.getInt(SCANS_AT);
    this.scanBytes = header.getInt(SCAN_HEADER_AT) + 4L * width * height;
    check();
  }

  static boolean isVolume(byte[] head) {
    return head.length >= MAGIC.length
        && Arrays.equals(head, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
  }

  static HeidelbergVolume open(Path path) throws UnreadableImageException {
    return Failures.named(
        ".vol",
        () -> {
          FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
          try {
            return new HeidelbergVolume(path, channel);
          } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
          }
        });
  }

  private void check() throws IOException {
    boolean sizes =
        width > 0
            && height > 0
            && (long) width * height <= ImageDecoder.MAX_PIXELS
            && scans > 0
            && header.getInt(SCAN_HEADER_AT) >= 0
            && header.getInt(FUNDUS_WIDTH_AT) >= 0
            && header.getInt(FUNDUS_HEIGHT_AT) >= 0;
    if (!sizes) {
      throw new IOException(
          Text.format("its header declares %d scans of %dx%d pixels", scans, width, height));
    }
    long size = channel.size();
    if (size - firstScan() < 0 || scans > (size - firstScan()) / scanBytes) {
      throw new IOException(
          Text.format(
              "truncated: %d scans of %dx%d pixels do not fit into %d bytes",
              scans, width, height, size));
    }
  }

  private long firstScan() {
    return HEADER + (long) header.getInt(FUNDUS_WIDTH_AT) * header.getInt(FUNDUS_HEIGHT_AT);
  }

  private ByteBuffer read(long offset, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, offset + buffer.position()) < 0) {
        throw new EOFException("it ends too early");
      }
    }
    return buffer.flip();
  }

  @Override
  public int frames() {
    return scans;
  }

  @Override
  public ScanFacts facts() {
    String eye =
        switch (text(EYE_AT, 4)) {
          case "OD" -> "right";
          case "OS" -> "left";
          default -> "";
        };
    return new ScanFacts(Pseudonym.of(patient()), eye, "");
  }

  private String patient() {
    return text(PATIENT_AT, PATIENT_LENGTH);
  }

  private String text(int at, int length) {
    String text = new String(header.array(), at, length, StandardCharsets.ISO_8859_1);
    return text.split("\0", 2)[0].strip();
  }

  @Override
  public Raster8 read(int frame, BitDepth depth) throws UnreadableImageException {
    long offset = firstScan() + frame * scanBytes + header.getInt(SCAN_HEADER_AT);
    byte[] grays = new byte[width * height];
    for (int y = 0; y < height; y++) {
      int row = y;
      ByteBuffer values = Failures.named(".vol", () -> read(offset + 4L * row * width, 4 * width));
      for (int x = 0; x < width; x++) {
        float value = values.getFloat();
        boolean inside = value > 0 && value <= 1; // NaN is outside, too
        grays[y * width + x] = inside ? (byte) Math.rint(255 * Math.sqrt(Math.sqrt(value))) : 0;
      }
    }
    return new Raster8(width, height, 1, grays);
  }

  @Override
  public OptionalInt largestSample(int frame) {
    return OptionalInt.empty();
  }

  @Override
  public List<String> warnings() {
    return List.of();
  }

  @Override
  public boolean isConfidential() {
    return true;
  }

  @Override
  public String masked(String text) {
    return Masked.of(text, patient(), "");
  }

  @Override
  public String sha256() {
    try {
      return Sha256.of(path);
    } catch (IOException e) {
      throw new UserException("cannot read " + path + " again: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // what was read is read
    }
  }
}
