package io.octnet.dicom;

import io.octnet.dicom.Fragments.Piece;
import io.octnet.text.Text;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/**
 * A DICOM file, open: its header is read, its frames are read when they are asked for. Used by one
 * thread at a time.
 */
public final class DicomFile implements AutoCloseable {
  private static final int PREAMBLE = 128;
  private static final long LONGEST_ENCODED = 256L << 20;
  private static final byte[] MAGIC = "DICM".getBytes(StandardCharsets.US_ASCII);

  private final FileChannel channel;
  private final Attributes attributes = new Attributes();
  private TransferSyntax syntax = TransferSyntax.IMPLICIT_LITTLE;
  private PixelFormat format;
  private int frames;
  private long dataSetAt;
  private long pixelsAt;
  private List<List<Piece>> fragments;

  private DicomInput inflating; // a deflated file can only be read on
  private Inflater inflater;

  private DicomFile(FileChannel channel) {
    this.channel = channel;
  }

  /** How many bytes of a file {@link #isDicom} needs. */
  public static final int HEAD = PREAMBLE + MAGIC.length;

  /** Whether a file that begins so is DICOM by its magic. */
  public static boolean isDicom(byte[] head) {
    return head.length >= HEAD && Arrays.equals(head, PREAMBLE, HEAD, MAGIC, 0, MAGIC.length);
  }

  /**
   * Opens a file; one without DICOM's magic is taken for a data set in implicit little endian, as
   * old files are.
   *
   * @param mostPixels of a frame
   * @throws DicomException when it cannot be read
   */
  public static DicomFile open(Path path, long mostPixels) throws DicomException, IOException {
    DicomFile file = new DicomFile(FileChannel.open(path, StandardOpenOption.READ));
    try {
      file.readHeader(mostPixels);
      return file;
    } catch (DicomException | IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  private void readHeader(long mostPixels) throws DicomException, IOException {
    DicomInput in = input(0);
    byte[] head = channel.size() < HEAD ? new byte[0] : in.bytes(HEAD);
    if (isDicom(head)) {
      DataSetReader own = new DataSetReader(in);
      own.readFileGroup();
      syntax = TransferSyntax.of(own.attributes().text(Tag.TRANSFER_SYNTAX));
    } else {
      in = input(0);
    }
    dataSetAt = in.position();
    DataSetReader reader = readDataSet(syntax == TransferSyntax.DEFLATED ? inflate() : in);
    attributes.addAll(reader.attributes());
    format = PixelFormat.of(attributes, mostPixels);
    frames = numberOfFrames();
    if (syntax.encapsulated()) {
      fragments = Fragments.read(in, frames);
      return;
    }
    checkLength(reader.pixelLength());
  }

  private DataSetReader readDataSet(DicomInput in) throws DicomException, IOException {
    DataSetReader reader = new DataSetReader(in);
    reader.readDataSet(syntax.explicit());
    if (syntax.encapsulated() != reader.pixelLength() < 0) {
      throw new DicomException("damaged DICOM: its pixels are not stored as its syntax says");
    }
    pixelsAt = in.position();
    return reader;
  }

  private void checkLength(long declared) throws DicomException, IOException {
    long needed = (long) frames * format.frameBytes();
    boolean inFile = syntax != TransferSyntax.DEFLATED;
    long held = inFile ? Math.min(declared, channel.size() - pixelsAt) : declared;
    if (held < needed) {
      throw new DicomException(
          Text.format(
              "truncated DICOM: %d frames of %dx%d pixels take %d bytes, it has %d",
              frames, format.columns(), format.rows(), needed, held));
    }
  }

  private int numberOfFrames() throws DicomException {
    String text = attributes.text(Tag.FRAMES);
    if (text.isEmpty()) {
      return 1;
    }
    if (!text.matches("\\+?0*[1-9][0-9]{0,5}")) {
      throw new DicomException("damaged DICOM: its number of frames is not one of 1 to 999999");
    }
    return Integer.parseInt(text);
  }

  private DicomInput input(long at) throws IOException {
    channel.position(at);
    InputStream in = new BufferedInputStream(Channels.newInputStream(channel), 1 << 16);
    return new DicomInput(in, at, channel.size());
  }

  /** The data set of a deflated file, from its beginning. */
  private DicomInput inflate() throws IOException {
    endInflating();
    channel.position(dataSetAt);
    inflater = new Inflater(true);
    InputStream in = new InflaterInputStream(Channels.newInputStream(channel), inflater, 1 << 16);
    inflating = new DicomInput(new BufferedInputStream(in, 1 << 16), 0, Long.MAX_VALUE);
    return inflating;
  }

  private void endInflating() {
    if (inflater != null) {
      inflater.end();
    }
  }

  public int frames() {
    return frames;
  }

  public PixelFormat format() {
    return format;
  }

  /** Whether {@link #frame} gives a JPEG file. */
  public boolean isJpeg() {
    return syntax == TransferSyntax.JPEG_BASELINE;
  }

  /** The gray of every stored word: rescaled, in its window, MONOCHROME1 inverted. */
  public byte[] grays() {
    return Window.of(attributes).grays(format);
  }

  /** The patient's id, in clear: for nothing but a keyed hash. Empty where there is none. */
  public String patientId() {
    return attributes.text(Tag.PATIENT_ID);
  }

  /** The patient's name, in clear: for nothing but to take it out of other texts. */
  public String patientName() {
    return attributes.text(Tag.PATIENT_NAME);
  }

  /** The series of an OCT scan, by its unique identifier; empty for other pictures. */
  public String octSeries() {
    return attributes.text(Tag.MODALITY).equals("OPT") ? attributes.text(Tag.SERIES) : "";
  }

  /** {@code left}, {@code right} or empty. */
  public String eye() {
    for (int tag : new int[] {Tag.IMAGE_LATERALITY, Tag.FRAME_LATERALITY, Tag.LATERALITY}) {
      switch (attributes.text(tag).toUpperCase(Locale.ROOT)) {
        case "R" -> {
          return "right";
        }
        case "L" -> {
          return "left";
        }
        default -> {} // both, or unknown
      }
    }
    return "";
  }

  /**
   * A frame as it is stored, words in little endian and samples as {@link #format} says; or a JPEG
   * file.
   *
   * @param frame from 0
   */
  public byte[] frame(int frame) throws DicomException, IOException {
    if (fragments != null) {
      byte[] encoded = joined(fragments.get(frame));
      return isJpeg() ? encoded : Rle.decode(encoded, format);
    }
    long offset = pixelsAt + (long) frame * format.frameBytes();
    if (syntax != TransferSyntax.DEFLATED) {
      byte[] bytes = new byte[format.frameBytes()];
      readFully(offset, bytes, 0, bytes.length);
      return bytes;
    }
    if (inflating.position() > offset) {
      readDataSet(inflate());
    }
    inflating.skip(offset - inflating.position());
    return inflating.bytes(format.frameBytes());
  }

  /** Whether samples of a pixel lie apart in {@link #frame}. */
  public boolean isPlanar() {
    return format.planar() && fragments == null;
  }

  private byte[] joined(List<Piece> pieces) throws IOException, DicomException {
    long length = pieces.stream().mapToLong(Piece::length).sum();
    if (length > LONGEST_ENCODED) {
      throw new DicomException("DICOM with an encoded frame of " + length + " bytes");
    }
    byte[] bytes = new byte[(int) length];
    int at = 0;
    for (Piece piece : pieces) {
      readFully(piece.offset(), bytes, at, piece.length());
      at += piece.length();
    }
    return bytes;
  }

  private void readFully(long offset, byte[] bytes, int at, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes, at, length);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, offset + buffer.position() - at) < 0) {
        throw new EOFException("the file has become shorter");
      }
    }
  }

  @Override
  public void close() throws IOException {
    endInflating();
    channel.close();
  }
}
