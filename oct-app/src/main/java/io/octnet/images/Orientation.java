package io.octnet.images;

import com.twelvemonkeys.imageio.metadata.Entry;
import com.twelvemonkeys.imageio.metadata.jpeg.JPEG;
import com.twelvemonkeys.imageio.metadata.jpeg.JPEGSegment;
import com.twelvemonkeys.imageio.metadata.jpeg.JPEGSegmentUtil;
import com.twelvemonkeys.imageio.metadata.tiff.TIFF;
import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * How the camera was held: EXIF tag 274 of JPEG and TIFF files, 1 (upright) to 8.
 *
 * <p>Value 2 is mirrored left-right, 3 turned by 180 degrees, 4 mirrored top-bottom, 5 transposed,
 * 6 to be turned clockwise, 7 transposed along the other diagonal, 8 to be turned anticlockwise.
 */
final class Orientation {
  private static final int UPRIGHT = 1;

  private Orientation() {}

  /** The tag's value; 1 where there is none, or none that can be read. */
  static int of(byte[] bytes, int page, ImageFormat format) {
    try {
      return switch (format) {
        case JPEG -> ofJpeg(bytes);
        case TIFF -> tag(bytes, page);
        default -> UPRIGHT;
      };
    } catch (IOException | RuntimeException e) {
      return UPRIGHT; // damaged metadata do not make the pixels unreadable
    }
  }

  private static int ofJpeg(byte[] bytes) throws IOException {
    List<JPEGSegment> segments =
        JPEGSegmentUtil.readSegments(new ByteArrayImageInputStream(bytes), JPEG.APP1, "Exif");
    if (segments.isEmpty()) {
      return UPRIGHT;
    }
    byte[] segment = segments.getFirst().data().readAllBytes();
    // data() begins behind the identifier "Exif" and its zero: a padding byte, then a whole TIFF
    return tag(Arrays.copyOfRange(segment, 1, segment.length), 0);
  }

  private static int tag(byte[] tiff, int page) throws IOException {
    Entry entry = TiffPages.directories(tiff).get(page).getEntryById(TIFF.TAG_ORIENTATION);
    int value =
        entry != null && entry.getValue() instanceof Number number ? number.intValue() : UPRIGHT;
    return value >= 1 && value <= 8 ? value : UPRIGHT;
  }

  /** The picture turned upright. */
  static Raster8 apply(Raster8 source, int orientation) {
    if (orientation == UPRIGHT) {
      return source;
    }
    int w = source.width();
    int h = source.height();
    int channels = source.channels();
    boolean transposed = orientation >= 5;
    int width = transposed ? h : w;
    int height = transposed ? w : h;
    byte[] out = new byte[source.bytes().length];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int from =
            switch (orientation) {
              case 2 -> y * w + (w - 1 - x);
              case 3 -> (h - 1 - y) * w + (w - 1 - x);
              case 4 -> (h - 1 - y) * w + x;
              case 5 -> x * w + y;
              case 6 -> (h - 1 - x) * w + y;
              case 7 -> (h - 1 - x) * w + (w - 1 - y);
              default -> x * w + (w - 1 - y);
            };
        System.arraycopy(
            source.bytes(), from * channels, out, (y * width + x) * channels, channels);
      }
    }
    return new Raster8(width, height, channels, out);
  }
}
