package io.octnet.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.octnet.images.ImageDecoder;
import io.octnet.images.Pictures;
import io.octnet.images.Raster8;
import io.octnet.images.UnreadableImageException;
import java.util.List;
import java.util.Random;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** Damaged pictures are decoded or refused for a reason of one line. */
class DamagedImagesTest {
  private static final List<byte[]> PICTURES =
      List.of(
          Pictures.jpeg(Pictures.gray(61, 47, 1), 0.9f, false),
          Pictures.jpeg(Pictures.gray(61, 47, 2), 0.9f, true),
          Pictures.jpeg(Pictures.color(61, 47, 3), 0.9f, false),
          Pictures.encode(Pictures.gray(61, 47, 4), "png"),
          Pictures.encode(Pictures.color(61, 47, 5), "png"),
          Pictures.encode(Pictures.gray(61, 47, 6), "tiff"),
          Pictures.encode(Pictures.color(61, 47, 7), "tiff"));

  @Property(
      tries = 2000,
      seed = "4712",
      shrinking = ShrinkingMode.OFF,
      edgeCases = EdgeCasesMode.NONE)
  void aDamagedPictureIsDecodedOrRefusedInOneLine(@ForAll long seed) throws Exception {
    Random random = new Random(seed);
    byte[] bytes = Damage.binary(PICTURES.get(random.nextInt(PICTURES.size())), random);
    Watched.read(
        () -> {
          try {
            Raster8 raster = ImageDecoder.decode(bytes);
            assertThat(raster.bytes())
                .hasSize(raster.width() * raster.height() * raster.channels());
          } catch (UnreadableImageException e) {
            assertThat(e.getMessage()).isNotBlank().doesNotContain("\n").hasSizeLessThan(1000);
          }
        });
  }
}
