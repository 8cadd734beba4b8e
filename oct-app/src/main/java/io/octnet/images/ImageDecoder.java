package io.octnet.images;

import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import io.octnet.text.Text;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;
import java.awt.image.PixelInterleavedSampleModel;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalInt;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.stream.ImageInputStream;

/**
 * Decodes JPEG, PNG, TIFF and BMP into upright 8-bit rasters.
 *
 * <p>Samples are taken as they are stored, without colour management, as OpenCV does: a gray JPEG
 * gives the very bits of {@code cv2.imread}. 16-bit samples keep their upper 8 bits, alpha is
 * dropped, CMYK and palettes become RGB, and equal channels become one.
 *
 * <p>The bytes are hostile until checked: the format is told from them, the size is read from the
 * header and held against {@link #MAX_PIXELS} before anything is decoded, and whatever a reader
 * throws becomes one {@link UnreadableImageException}.
 */
public final class ImageDecoder {
  /** Pictures of more pixels are refused: 40 million, 80 times a large OCT scan. */
  public static final long MAX_PIXELS = 40_000_000;

  /** Larger files are refused unread. */
  private static final long MAX_FILE_BYTES = 256L << 20;

  private ImageDecoder() {}

  /** Width and height as the header declares them, before any turning upright. */
  private record Size(int width, int height) {}

  /**
   * Reads a file's bytes.
   *
   * @throws UnreadableImageException when it cannot be read, is no regular file, or too large
   */
  public static byte[] bytes(Path file) throws UnreadableImageException {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new UnreadableImageException("not a regular file");
    }
    try {
      long size = Files.size(file);
      if (size > MAX_FILE_BYTES) {
        throw new UnreadableImageException(
            Text.format("a file of %d MiB; at most %d are read", size >> 20, MAX_FILE_BYTES >> 20));
      }
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new UnreadableImageException("no such file", e);
    } catch (IOException e) {
      throw new UnreadableImageException("cannot be read: " + e.getClass().getSimpleName(), e);
    }
  }

  /**
   * Decodes a whole file.
   *
   * @throws UnreadableImageException with a reason of one line, when it is no image, a damaged or
   *     truncated one, or too large
   */
  public static Raster8 decode(byte[] bytes) throws UnreadableImageException {
    return decode(bytes, BitDepth.BITS_16);
  }

  /** The same; 16-bit samples are taken to use so many bits. */
  public static Raster8 decode(byte[] bytes, BitDepth depth) throws UnreadableImageException {
    ImageFormat format = format(bytes);
    return read(
        bytes,
        format,
        reader -> {
          List<String> damage = new ArrayList<>();
          reader.addIIOReadWarningListener((source, warning) -> noteDamage(warning, damage));
          BufferedImage image = reader.read(0);
          if (!damage.isEmpty()) {
            throw new IOException(String.join(", ", damage));
          }
          Raster8 raster = toRaster8(image, depth);
          return Orientation.apply(raster.withoutEqualChannels(), Orientation.of(bytes, format));
        });
  }

  /** The largest sample of a picture of 16 bits, or empty; others are not decoded. */
  static OptionalInt largestSample(byte[] bytes) throws UnreadableImageException {
    ImageFormat format = format(bytes);
    if (format != ImageFormat.PNG && format != ImageFormat.TIFF) {
      return OptionalInt.empty();
    }
    return read(
        bytes,
        format,
        reader -> {
          ImageTypeSpecifier type = reader.getRawImageType(0);
          if (type == null || type.getSampleModel().getSampleSize(0) != 16) {
            return OptionalInt.empty();
          }
          return OptionalInt.of(largest(reader.read(0).getRaster()));
        });
  }

  private static int largest(Raster raster) {
    int largest = 0;
    int[] row = new int[raster.getWidth() * raster.getNumBands()];
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getPixels(raster.getMinX(), raster.getMinY() + y, raster.getWidth(), 1, row);
      for (int sample : row) {
        largest = Math.max(largest, sample);
      }
    }
    return largest;
  }

  private static ImageFormat format(byte[] bytes) throws UnreadableImageException {
    if (bytes.length == 0) {
      throw new UnreadableImageException("empty file");
    }
    return ImageFormat.of(bytes)
        .orElseThrow(
            () ->
                new UnreadableImageException(
                    "no JPEG, PNG, TIFF or BMP image but " + ImageFormat.describe(bytes)));
  }

  private interface Reading<T> {
    T of(ImageReader reader) throws IOException;
  }

  /** Reads with the format's reader; whatever it throws becomes one exception. */
  private static <T> T read(byte[] bytes, ImageFormat format, Reading<T> reading)
      throws UnreadableImageException {
    ImageReader reader = reader(format);
    try (ImageInputStream stream = new ByteArrayImageInputStream(bytes)) {
      reader.setInput(stream, true, true);
      checkSize(new Size(reader.getWidth(0), reader.getHeight(0)));
      return reading.of(reader);
    } catch (IOException | RuntimeException e) {
      throw new UnreadableImageException("damaged " + format + ": " + reason(e), e);
    } catch (StackOverflowError | OutOfMemoryError e) {
      throw new UnreadableImageException(
          "damaged " + format + ": decoding it took more memory than there is", e);
    } finally {
      reader.dispose();
    }
  }

  /**
   * The JPEG reader goes on where data is missing, fills the rest with gray and only warns; other
   * warnings concern metadata.
   */
  private static void noteDamage(String warning, List<String> damage) {
    if ((warning.startsWith("Truncated") || warning.startsWith("Corrupt")) && damage.size() < 2) {
      damage.add(warning);
    }
  }

  private static void checkSize(Size size) throws UnreadableImageException {
    if (size.width < 1 || size.height < 1) {
      throw new UnreadableImageException(
          "declares a size of " + size.width + "x" + size.height + " pixels");
    }
    if ((long) size.width * size.height > MAX_PIXELS) {
      throw new UnreadableImageException(
          Text.format(
              "declares %dx%d pixels, more than the %d million that are read; not decoded",
              size.width, size.height, MAX_PIXELS / 1_000_000));
    }
  }

  private static ImageReader reader(ImageFormat format) {
    Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(format.name());
    if (!readers.hasNext()) {
      throw new IllegalStateException("no reader for " + format + " in this Java installation");
    }
    return readers.next();
  }

  private static String reason(Throwable e) {
    String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return message.replaceAll("\\s+", " ").strip();
  }

  private static Raster8 toRaster8(BufferedImage image, BitDepth depth) throws IOException {
    ColorModel colors = image.getColorModel();
    Raster raster = image.getRaster();
    int type = colors.getColorSpace().getType();
    if (colors instanceof IndexColorModel
        || type != ColorSpace.TYPE_GRAY && type != ColorSpace.TYPE_RGB) {
      return converted(image);
    }
    int data = raster.getDataBuffer().getDataType();
    if (data != DataBuffer.TYPE_BYTE
        && data != DataBuffer.TYPE_USHORT
        && data != DataBuffer.TYPE_INT) {
      throw new IOException("samples are neither 8 nor 16 bit unsigned integers");
    }
    int channels = type == ColorSpace.TYPE_GRAY ? 1 : 3;
    if (channels == 1 && isPlainGray(raster)) {
      byte[] bytes = ((DataBufferByte) raster.getDataBuffer()).getData();
      return new Raster8(raster.getWidth(), raster.getHeight(), 1, bytes.clone());
    }
    return samples(raster, channels, depth);
  }

  private static boolean isPlainGray(Raster raster) {
    return raster.getSampleModel() instanceof PixelInterleavedSampleModel model
        && model.getPixelStride() == 1
        && model.getScanlineStride() == raster.getWidth()
        && raster.getDataBuffer() instanceof DataBufferByte buffer
        && buffer.getOffset() == 0
        && buffer.getData().length == raster.getWidth() * raster.getHeight()
        && raster.getSampleModelTranslateX() == 0
        && raster.getSampleModelTranslateY() == 0;
  }

  /** Sample by sample, each scaled to 8 bits by dropping or repeating bits. */
  private static Raster8 samples(Raster raster, int channels, BitDepth depth) {
    int width = raster.getWidth();
    int height = raster.getHeight();
    byte[] out = new byte[width * height * channels];
    int[] row = new int[width];
    for (int c = 0; c < channels; c++) {
      int bits = raster.getSampleModel().getSampleSize(c);
      for (int y = 0; y < height; y++) {
        raster.getSamples(raster.getMinX(), raster.getMinY() + y, width, 1, c, row);
        for (int x = 0; x < width; x++) {
          out[(y * width + x) * channels + c] =
              (byte) (bits == 16 ? depth.to8(row[x]) : to8(row[x], bits));
        }
      }
    }
    return new Raster8(width, height, channels, out);
  }

  private static int to8(int sample, int bits) {
    return bits >= 8 ? sample >>> (bits - 8) : sample * 255 / ((1 << bits) - 1);
  }

  /** Palettes and foreign colour spaces, through Java's conversion to sRGB. */
  private static Raster8 converted(BufferedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    byte[] out = new byte[width * height * 3];
    int[] row = new int[width];
    for (int y = 0; y < height; y++) {
      image.getRGB(0, y, width, 1, row, 0, width);
      for (int x = 0; x < width; x++) {
        int at = (y * width + x) * 3;
        out[at] = (byte) (row[x] >> 16);
        out[at + 1] = (byte) (row[x] >> 8);
        out[at + 2] = (byte) row[x];
      }
    }
    return new Raster8(width, height, 3, out);
  }
}
