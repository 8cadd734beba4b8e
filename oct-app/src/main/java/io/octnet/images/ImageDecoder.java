package io.octnet.images;

import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import io.octnet.text.Text;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.stream.ImageInputStream;

/**
 * Decodes JPEG, PNG, TIFF (BigTIFF, too), BMP, GIF and WebP into upright 8-bit rasters.
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

  /** Four samples of 16 bits, once as they are stored and once as Java has them. */
  private static final long BYTES_OF_A_PIXEL = 16;

  private static final byte BIG_TIFF = 43;
  private static final int DEEPEST_CAUSE = 8;

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
    return decode(bytes, 0, depth, warning -> {});
  }

  /**
   * Decodes a page, the first frame of what moves.
   *
   * @param page from 0
   * @param untidy told what is untidy in a picture that is whole nevertheless
   */
  static Raster8 decode(byte[] bytes, int page, BitDepth depth, Consumer<String> untidy)
      throws UnreadableImageException {
    ImageFormat format = format(bytes);
    return read(
        bytes,
        page,
        format,
        reader -> {
          ReaderWarnings warnings = new ReaderWarnings();
          reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
          BufferedImage image = reader.read(page);
          if (format == ImageFormat.JPEG) {
            warnings.check(bytes, untidy);
          }
          Raster8 raster = Rasters.toRaster8(image, depth).withoutEqualChannels();
          return Orientation.apply(raster, Orientation.of(bytes, page, format));
        });
  }

  /** The largest sample of a page of 16 bits, or empty; others are not decoded. */
  static OptionalInt largestSample(byte[] bytes, int page) throws UnreadableImageException {
    ImageFormat format = format(bytes);
    if (format != ImageFormat.PNG && format != ImageFormat.TIFF) {
      return OptionalInt.empty();
    }
    return read(
        bytes,
        page,
        format,
        reader -> {
          ImageTypeSpecifier type = reader.getRawImageType(page);
          if (type == null || type.getSampleModel().getSampleSize(0) != 16) {
            return OptionalInt.empty();
          }
          return OptionalInt.of(Rasters.largest(reader.read(page).getRaster()));
        });
  }

  private static ImageFormat format(byte[] bytes) throws UnreadableImageException {
    if (bytes.length == 0) {
      throw new UnreadableImageException("empty file");
    }
    return ImageFormat.of(bytes)
        .orElseThrow(
            () ->
                new UnreadableImageException(
                    "no JPEG, PNG, TIFF, BMP, GIF or WebP image but "
                        + ImageFormat.describe(bytes)));
  }

  private interface Reading<T> {
    T of(ImageReader reader) throws IOException;
  }

  /** Reads with the format's reader; whatever it throws becomes one exception. */
  private static <T> T read(byte[] bytes, int page, ImageFormat format, Reading<T> reading)
      throws UnreadableImageException {
    ImageReader reader = reader(format, bytes);
    long pixels = 0;
    try (ImageInputStream stream = new ByteArrayImageInputStream(bytes)) {
      reader.setInput(stream, page == 0, true);
      Size size = new Size(reader.getWidth(page), reader.getHeight(page));
      checkSize(size);
      pixels = (long) size.width * size.height;
      return reading.of(reader);
    } catch (IOException | RuntimeException | OutOfMemoryError e) {
      Optional<OutOfMemoryError> memory = outOfMemory(e);
      if (memory.isPresent() && !isOwnFault(pixels, bytes.length, freeMemory())) {
        throw memory.get();
      }
      throw new UnreadableImageException("damaged " + format + ": " + Failures.reason(e), e);
    } catch (StackOverflowError e) {
      throw new UnreadableImageException("damaged " + format + ": nested without end", e);
    } finally {
      reader.dispose();
    }
  }

  /** The JDK's PNG reader hides it in another exception. */
  private static Optional<OutOfMemoryError> outOfMemory(Throwable e) {
    return Stream.iterate(e, Objects::nonNull, Throwable::getCause)
        .limit(DEEPEST_CAUSE)
        .filter(OutOfMemoryError.class::isInstance)
        .map(OutOfMemoryError.class::cast)
        .findFirst();
  }

  /**
   * Whether decoding failed for lack of memory though there is several times what such a picture
   * takes: then its lengths lie.
   */
  static boolean isOwnFault(long pixels, long fileBytes, long freeBytes) {
    return 4 * (BYTES_OF_A_PIXEL * pixels + fileBytes) < freeBytes;
  }

  private static long freeMemory() {
    Runtime runtime = Runtime.getRuntime();
    return runtime.maxMemory() - runtime.totalMemory() + runtime.freeMemory();
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

  private static ImageReader reader(ImageFormat format, byte[] bytes) {
    boolean big = format == ImageFormat.TIFF && (bytes[2] == BIG_TIFF || bytes[3] == BIG_TIFF);
    Iterator<ImageReader> readers =
        ImageIO.getImageReadersByFormatName(big ? "BigTIFF" : format.name());
    if (!readers.hasNext()) {
      throw new IllegalStateException("no reader for " + format + " in this Java installation");
    }
    return readers.next();
  }
}
