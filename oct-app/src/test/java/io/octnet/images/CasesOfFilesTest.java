package io.octnet.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.octnet.testing.Golden;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files as people have them: untidy, of other formats than their names say, of several pages. */
class CasesOfFilesTest {
  @TempDir Path folder;

  private static Path shared(String name) {
    return Golden.shared("cases").resolve(name);
  }

  @ParameterizedTest
  @CsvSource({"noeoi.jpg,without end marker", "extraneous.jpg,stray bytes before its end (38)"})
  void wholeButUntidyJpegsAreReadWithAWarning(String name, String warning) throws Exception {
    try (ScanFile scan = ScanFile.open(shared(name));
        ScanFile tidy = ScanFile.open(shared("trailing.jpg"))) {
      byte[] expected = tidy.read(0, BitDepth.BITS_16).bytes();
      assertThat(scan.read(0, BitDepth.BITS_16).bytes()).isEqualTo(expected);
      assertThat(scan.read(0, BitDepth.BITS_16).bytes()).isEqualTo(expected);
      assertThat(scan.warnings()).singleElement().asString().contains(warning);
      assertThat(tidy.warnings()).isEmpty();
    }
  }

  @Test
  void aTruncatedJpegIsStillRefused() throws Exception {
    try (ScanFile scan = ScanFile.open(shared("half.jpg"))) {
      assertThatThrownBy(() -> scan.read(0, BitDepth.BITS_16))
          .isInstanceOf(UnreadableImageException.class)
          .hasMessageContaining("damaged JPEG");
    }
  }

  @Test
  void aProgressiveJpegWithoutItsEndMayLackWholeScansAndIsRefused() throws Exception {
    byte[] whole = Pictures.jpeg(Pictures.gray(61, 47, 5), 0.9f, true);
    byte[] cut = Arrays.copyOf(whole, whole.length - 2);
    try (ScanFile scan = ScanFile.open(Files.write(folder.resolve("cut.jpg"), cut))) {
      assertThatThrownBy(() -> scan.read(0, BitDepth.BITS_16)).hasMessageContaining("damaged");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gif_named.jpeg", "webp_named.jpg", "big.tif"})
  void otherFormatsAreReadWhateverTheirName(String name) throws Exception {
    try (ScanFile scan = ScanFile.open(shared(name))) {
      Raster8 raster = scan.read(0, BitDepth.BITS_16);
      assertThat(scan.frames()).isOne();
      assertThat(raster.channels()).isOne();
      byte[] bytes = raster.bytes();
      assertThat(IntStream.range(0, bytes.length).map(i -> bytes[i]).distinct())
          .hasSizeGreaterThan(20);
    }
  }

  @Test
  void allPagesOfATiffAreRead() throws Exception {
    try (ScanFile scan = ScanFile.open(shared("multi.tif"))) {
      assertThat(scan.frames()).isEqualTo(2);
      assertThat(scan.read(0, BitDepth.BITS_16).bytes())
          .isNotEqualTo(scan.read(1, BitDepth.BITS_16).bytes());
    }
    Raster8[] pages = {Pictures.gray(31, 17, 1), Pictures.gray(20, 9, 2), Pictures.gray(31, 17, 3)};
    ImageWriter writer = ImageIO.getImageWritersByFormatName("tiff").next();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ImageOutputStream stream = ImageIO.createImageOutputStream(out)) {
      writer.setOutput(stream);
      writer.prepareWriteSequence(null);
      for (Raster8 page : pages) {
        writer.writeToSequence(new IIOImage(Png.image(page), null, null), null);
      }
      writer.endWriteSequence();
    }
    Path file = Files.write(folder.resolve("volume.tif"), out.toByteArray());
    assertThat(ScanFile.count(file)).isEqualTo(3);
    try (ScanFile scan = ScanFile.open(file)) {
      for (int i = 2; i >= 0; i--) {
        assertThat(scan.read(i, BitDepth.BITS_16).bytes()).isEqualTo(pages[i].bytes());
      }
    }
  }

  @Test
  void theFirstFrameOfAGifIsRead() throws Exception {
    BufferedImage image = Png.image(Pictures.gray(31, 17, 1));
    Path file = Files.write(folder.resolve("a.gif"), Pictures.encode(image, "gif"));
    assertThat(ScanFile.isCandidate(file)).isTrue();
    try (ScanFile scan = ScanFile.open(file)) {
      assertThat(scan.read(0, BitDepth.BITS_16).width()).isEqualTo(31);
    }
  }
}
