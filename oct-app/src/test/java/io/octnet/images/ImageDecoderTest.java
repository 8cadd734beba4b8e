package io.octnet.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageDecoderTest {
  private static final Raster8 GRAY = Pictures.gray(31, 17, 1);
  private static final Raster8 COLOR = Pictures.color(31, 17, 2);

  @ParameterizedTest
  @ValueSource(strings = {"png", "tiff", "bmp"})
  void losslessFormatsGiveBackEverySample(String format) throws Exception {
    assertSame(ImageDecoder.decode(Pictures.encode(COLOR, format)), COLOR);
    assertSame(ImageDecoder.decode(Pictures.encode(GRAY, format)), GRAY);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void baselineAndProgressiveJpegsAreRead(boolean progressive) throws Exception {
    Raster8 gray = ImageDecoder.decode(Pictures.jpeg(GRAY, 0.98f, progressive));
    assertThat(gray.channels()).isEqualTo(1);
    assertThat(meanDifference(gray, GRAY)).isLessThan(3);
    Raster8 color = ImageDecoder.decode(Pictures.jpeg(COLOR, 0.98f, progressive));
    assertThat(color.channels()).isEqualTo(3);
    assertThat(meanDifference(color, COLOR)).isLessThan(25); // its chroma is stored at half size
  }

  @Test
  void sixteenBitSamplesKeepTheirUpperEight() throws Exception {
    BufferedImage image = new BufferedImage(7, 3, BufferedImage.TYPE_USHORT_GRAY);
    for (int i = 0; i < 21; i++) {
      image.getRaster().setSample(i % 7, i / 7, 0, 0x1234 + i * 0x0b01);
    }
    for (String format : new String[] {"png", "tiff"}) {
      Raster8 raster = ImageDecoder.decode(Pictures.encode(image, format));
      for (int i = 0; i < 21; i++) {
        assertThat(raster.sample(i % 7, i / 7, 0)).isEqualTo((0x1234 + i * 0x0b01) >> 8);
      }
    }
  }

  @Test
  void paletteAndOneBitAndAlphaBecomePlainSamples() throws Exception {
    byte[] ramp = {0, 50, 100, (byte) 200};
    BufferedImage palette =
        new BufferedImage(
            4,
            1,
            BufferedImage.TYPE_BYTE_INDEXED,
            new IndexColorModel(2, 4, ramp, new byte[4], ramp));
    palette.getRaster().setPixels(0, 0, 4, 1, new int[] {0, 1, 2, 3});
    Raster8 colors = ImageDecoder.decode(Pictures.encode(palette, "png"));
    assertThat(colors.bytes())
        .containsExactly(0, 0, 0, 50, 0, 50, 100, 0, 100, (byte) 200, 0, (byte) 200);

    BufferedImage binary = new BufferedImage(3, 1, BufferedImage.TYPE_BYTE_BINARY);
    binary.getRaster().setPixels(0, 0, 3, 1, new int[] {1, 0, 1});
    Raster8 bits = ImageDecoder.decode(Pictures.encode(binary, "png"));
    assertThat(bits.channels()).isEqualTo(1);
    assertThat(bits.bytes()).containsExactly((byte) 255, 0, (byte) 255);

    BufferedImage alpha = new BufferedImage(1, 1, BufferedImage.TYPE_INT_ARGB);
    alpha.setRGB(0, 0, 0x80102030);
    assertThat(ImageDecoder.decode(Pictures.encode(alpha, "png")).bytes())
        .containsExactly(0x10, 0x20, 0x30);
  }

  @Test
  void cmykJpegsBecomeRgb() throws Exception {
    Raster8 decoded = ImageDecoder.decode(cmykJpeg());
    assertThat(decoded.channels()).isEqualTo(3);
    assertThat(decoded.width()).isEqualTo(16);
    // left half: no ink, white; right half: full yellow
    assertThat(decoded.sample(3, 8, 2)).isGreaterThan(230);
    assertThat(decoded.sample(12, 8, 0)).isGreaterThan(200);
    assertThat(decoded.sample(12, 8, 2)).isLessThan(90);
  }

  @ParameterizedTest
  @CsvSource({
    "1,0,0", "2,30,0", "3,30,16", "4,0,16", "5,0,0", "6,16,0", "7,16,30", "8,0,30",
  })
  void exifOrientationIsUndone(int orientation, int x, int y) throws Exception {
    byte[] bytes = new byte[31 * 17];
    Arrays.fill(bytes, (byte) 90);
    bytes[0] = (byte) 250; // the stored top-left corner
    byte[] plain = Pictures.jpeg(new Raster8(31, 17, 1, bytes), 1f, false);
    Raster8 upright = ImageDecoder.decode(withExif(plain, orientation));
    assertThat(upright.width()).isEqualTo(orientation >= 5 ? 17 : 31);
    assertThat(upright.sample(x, y, 0)).isGreaterThan(200);
  }

  @Test
  void whatIsNoImageIsNamedForWhatItIs() {
    assertUnreadable(new byte[0], "empty file");
    assertUnreadable("hello\nworld".getBytes(StandardCharsets.UTF_8), "text, beginning with");
    assertUnreadable(new byte[] {1, 2, 3}, "bytes 01 02 03");
  }

  @ParameterizedTest
  @ValueSource(strings = {"jpeg", "png", "tiff", "bmp"})
  void truncatedFilesAreRefused(String format) {
    byte[] whole = Pictures.encode(Pictures.gray(61, 47, 5), format);
    for (double share : new double[] {0.1, 0.3, 0.6, 0.9}) {
      assertUnreadable(Arrays.copyOf(whole, (int) (whole.length * share)), "damaged");
    }
  }

  @Test
  void imageBombsAreRefusedByTheirHeader() {
    assertUnreadable(pngHeader(60_000, 60_000), "declares 60000x60000 pixels");
    byte[] jpeg = Pictures.jpeg(GRAY, 0.9f, false);
    int frame = indexOfFrameHeader(jpeg);
    ByteBuffer.wrap(jpeg).putShort(frame + 5, (short) 60_000).putShort(frame + 7, (short) 60_000);
    assertUnreadable(jpeg, "declares 60000x60000 pixels");
  }

  @Test
  void flippedBytesNeverEndInAnythingButARasterOrAReason() {
    for (String format : new String[] {"jpeg", "png", "tiff", "bmp"}) {
      byte[] whole = Pictures.encode(GRAY, format);
      for (int i = 0; i < whole.length; i += 3) {
        byte[] broken = whole.clone();
        broken[i] ^= (byte) 0x5b;
        try {
          ImageDecoder.decode(broken);
        } catch (UnreadableImageException e) {
          assertThat(e.getMessage()).isNotBlank().doesNotContain("\n");
        }
      }
    }
  }

  private static void assertUnreadable(byte[] bytes, String reason) {
    assertThatThrownBy(() -> ImageDecoder.decode(bytes))
        .isInstanceOf(UnreadableImageException.class)
        .hasMessageContaining(reason);
  }

  private static void assertSame(Raster8 actual, Raster8 expected) {
    assertThat(actual.channels()).isEqualTo(expected.channels());
    assertThat(actual.width()).isEqualTo(expected.width());
    assertThat(actual.bytes()).isEqualTo(expected.bytes());
    assertThat(actual.hash()).isEqualTo(expected.hash());
  }

  private static double meanDifference(Raster8 a, Raster8 b) {
    double sum = 0;
    for (int i = 0; i < a.bytes().length; i++) {
      sum += Math.abs((a.bytes()[i] & 0xff) - (b.bytes()[i] & 0xff));
    }
    return sum / a.bytes().length;
  }

  /** Puts an Exif segment with nothing but the orientation behind the start marker. */
  private static byte[] withExif(byte[] jpeg, int orientation) {
    ByteBuffer exif = ByteBuffer.allocate(2 + 2 + 6 + 26);
    exif.putShort((short) 0xffe1).putShort((short) (exif.capacity() - 2));
    exif.put("Exif\0\0".getBytes(StandardCharsets.US_ASCII));
    exif.put("MM\0*".getBytes(StandardCharsets.US_ASCII)).putInt(8).putShort((short) 1);
    exif.putShort((short) 274).putShort((short) 3).putInt(1);
    exif.putShort((short) orientation).putShort((short) 0).putInt(0);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(jpeg, 0, 2);
    out.writeBytes(exif.array());
    out.write(jpeg, 2, jpeg.length - 2);
    return out.toByteArray();
  }

  private static int indexOfFrameHeader(byte[] jpeg) {
    for (int i = 2; ; i++) {
      if (jpeg[i] == (byte) 0xff && jpeg[i + 1] == (byte) 0xc0) {
        return i;
      }
    }
  }

  private static byte[] pngHeader(int width, int height) {
    ByteBuffer header = ByteBuffer.allocate(17);
    header.put("IHDR".getBytes(StandardCharsets.US_ASCII)).putInt(width).putInt(height);
    header.put(new byte[] {8, 0, 0, 0, 0});
    CRC32 crc = new CRC32();
    crc.update(header.array());
    ByteBuffer file = ByteBuffer.allocate(64);
    file.putLong(0x89504E470D0A1A0AL).putInt(13).put(header.array()).putInt((int) crc.getValue());
    return file.array();
  }

  /** Adobe's inverted CMYK: no ink on the left, full yellow on the right. */
  private static byte[] cmykJpeg() {
    WritableRaster raster = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 16, 16, 4, null);
    for (int i = 0; i < 256; i++) {
      int x = i % 16;
      raster.setPixel(x, i / 16, new int[] {255, 255, x < 8 ? 255 : 0, 255});
    }
    ImageWriter writer = jdkJpegWriter();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (var stream = new MemoryCacheImageOutputStream(out)) {
      writer.setOutput(stream);
      writer.write(null, new IIOImage(raster, null, null), null);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    byte[] plain = out.toByteArray();
    byte[] adobe = {
      (byte) 0xff, (byte) 0xee, 0, 14, 'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, 0
    };
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.write(plain, 0, 2);
    file.writeBytes(adobe);
    file.write(plain, 2, plain.length - 2);
    return file.toByteArray();
  }

  private static ImageWriter jdkJpegWriter() {
    var writers = ImageIO.getImageWritersByFormatName("jpeg");
    while (writers.hasNext()) {
      ImageWriter writer = writers.next();
      if (writer.getClass().getName().startsWith("com.sun")) {
        return writer;
      }
    }
    throw new AssertionError("no JPEG writer in the JDK");
  }
}
