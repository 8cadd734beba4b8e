package io.octnet.images;

import io.octnet.UserException;
import io.octnet.dicom.DicomFile;
import io.octnet.dicom.PixelFormat;
import io.octnet.text.Text;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;

/**
 * A DICOM file: its frames are the B-scans of a volume. The patient is called by a keyed hash of
 * the id; single frames of an OCT series are one volume by the series.
 */
final class DicomScan implements ScanFile {
  private final Path path;
  private final DicomFile file;
  private final byte[] grays;

  private DicomScan(Path path, DicomFile file) {
    this.path = path;
    this.file = file;
    this.grays = file.grays();
  }

  static DicomScan open(Path path) throws UnreadableImageException {
    return Failures.named(
        "DICOM", () -> new DicomScan(path, DicomFile.open(path, ImageDecoder.MAX_PIXELS)));
  }

  @Override
  public int frames() {
    return file.frames();
  }

  @Override
  public ScanFacts facts() {
    String series = file.frames() == 1 ? file.octSeries() : "";
    return new ScanFacts(Pseudonym.of(file.patientId()), file.eye(), Pseudonym.of(series));
  }

  @Override
  public Raster8 read(int frame, BitDepth depth) throws UnreadableImageException {
    byte[] stored = Failures.named("DICOM", () -> file.frame(frame));
    PixelFormat format = file.format();
    if (file.isJpeg()) {
      return windowed(ImageDecoder.decode(stored), format);
    }
    return format.isGray() ? gray(stored, format) : color(stored, format);
  }

  /** A decoded JPEG of 8 bits. */
  private Raster8 windowed(Raster8 raster, PixelFormat format) throws UnreadableImageException {
    if (raster.width() != format.columns() || raster.height() != format.rows()) {
      throw new UnreadableImageException(
          Text.format(
              "damaged DICOM: says %dx%d pixels, its JPEG has %dx%d",
              format.columns(), format.rows(), raster.width(), raster.height()));
    }
    if (!format.isGray() || raster.channels() != 1 || format.allocated() != 8) {
      return raster;
    }
    return gray(raster.bytes(), format);
  }

  private Raster8 gray(byte[] stored, PixelFormat format) {
    byte[] out = new byte[format.rows() * format.columns()];
    for (int i = 0; i < out.length; i++) {
      out[i] =
          format.allocated() == 8
              ? grays[stored[i] & 0xff]
              : grays[stored[2 * i] & 0xff | (stored[2 * i + 1] & 0xff) << 8];
    }
    return new Raster8(format.columns(), format.rows(), 1, out);
  }

  private Raster8 color(byte[] stored, PixelFormat format) throws UnreadableImageException {
    if (format.photometric().equals("YBR_FULL_422")) {
      throw new UnreadableImageException(
          "DICOM of the colours YBR_FULL_422 that is not compressed; convert it, e.g. gdcmconv"
              + " --raw --photometric-interpretation RGB IN.dcm OUT.dcm");
    }
    byte[] out = file.isPlanar() ? interleaved(stored) : stored;
    if (format.photometric().equals("YBR_FULL")) {
      toRgb(out);
    }
    return new Raster8(format.columns(), format.rows(), 3, out).withoutEqualChannels();
  }

  private static byte[] interleaved(byte[] planes) {
    byte[] out = new byte[planes.length];
    int plane = planes.length / 3;
    for (int i = 0; i < plane; i++) {
      for (int c = 0; c < 3; c++) {
        out[3 * i + c] = planes[c * plane + i];
      }
    }
    return out;
  }

  /** PS3.3, C.7.6.3.1.2: the full range of ITU-R BT.601. */
  private static void toRgb(byte[] pixels) {
    for (int i = 0; i < pixels.length; i += 3) {
      double y = pixels[i] & 0xff;
      double b = (pixels[i + 1] & 0xff) - 128;
      double r = (pixels[i + 2] & 0xff) - 128;
      pixels[i] = clamped(y + 1.402 * r);
      pixels[i + 1] = clamped(y - 0.344136 * b - 0.714136 * r);
      pixels[i + 2] = clamped(y + 1.772 * b);
    }
  }

  private static byte clamped(double value) {
    return (byte) Math.clamp(Math.round(value), 0, 255);
  }

  @Override
  public OptionalInt largestSample(int frame) {
    return OptionalInt.empty(); // it says its bits
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
    return Masked.of(text, file.patientId(), file.patientName());
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
      file.close();
    } catch (IOException e) {
      // what was read is read
    }
  }
}
