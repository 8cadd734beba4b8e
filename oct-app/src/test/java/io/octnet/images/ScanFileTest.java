package io.octnet.images;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.OptionalInt;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScanFileTest {
  @TempDir Path folder;

  @Test
  void sixteenBitSamplesTellTheirLargestAndAreScaledByTheDepth() throws Exception {
    BufferedImage image = new BufferedImage(3, 1, BufferedImage.TYPE_USHORT_GRAY);
    int[] samples = {0, 2048, 4095};
    image.getRaster().setPixels(0, 0, 3, 1, samples);
    Path file = folder.resolve("scan.png");
    ImageIO.write(image, "png", file.toFile());
    try (ScanFile scan = ScanFile.open(file)) {
      assertThat(scan.frames()).isOne();
      assertThat(scan.largestSample(0)).hasValue(4095);
      assertThat(scan.read(0, BitDepth.BITS_16).bytes()).containsExactly(0, 8, 15);
      assertThat(scan.read(0, BitDepth.BITS_12).bytes()).containsExactly(0, 128, 255);
      assertThat(scan.read(0, BitDepth.BITS_10).bytes()).containsExactly(0, 255, 255);
    }
    assertThat(BitDepth.holding(4095)).isEqualTo(BitDepth.BITS_12);
    assertThat(BitDepth.holding(4096)).isEqualTo(BitDepth.BITS_16);
    assertThat(BitDepth.holding(1023)).isEqualTo(BitDepth.BITS_10);
  }

  @Test
  void eightBitSamplesAreAsTheyAre() throws Exception {
    BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setPixels(0, 0, 2, 1, new int[] {7, 200});
    Path file = folder.resolve("scan.png");
    ImageIO.write(image, "png", file.toFile());
    try (ScanFile scan = ScanFile.open(file)) {
      assertThat(scan.largestSample(0)).isEqualTo(OptionalInt.empty());
      assertThat(scan.read(0, BitDepth.BITS_10).bytes()).containsExactly(7, 200);
    }
  }

  @Test
  void aFrameIsWrittenBehindItsFile() {
    Path root = Path.of("data");
    ScanRef frame = ScanRef.parse(root, "DME/volume.tif#12");
    assertThat(frame).isEqualTo(new ScanRef(root.resolve("DME/volume.tif"), 12));
    assertThat(frame.index()).isEqualTo(11);
    assertThat(ScanRef.parse(root, "DME/a#b.png"))
        .isEqualTo(ScanRef.of(root.resolve("DME/a#b.png")));
    assertThat(ScanRef.text("v.tif", 3)).isEqualTo("v.tif#3");
  }
}
