package io.octnet.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PixelCacheTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(longs = {0, 400, 1 << 20})
  void picturesComeBackInTheOrderAskedForFromMemoryAndFromTheFile(long budget) throws IOException {
    PixelCache.Loader loader = new PixelCache.Loader(13, Interpolation.LINEAR, budget, folder);
    Raster8 gray = Pictures.gray(31, 17, 1);
    Raster8 color = Pictures.color(7, 40, 2);
    Raster8 other = Pictures.gray(13, 13, 3);
    loader.accept("gray", gray);
    loader.accept("dropped", Pictures.gray(9, 9, 9));
    loader.accept("color", color);
    loader.accept("other", other);
    try (PixelCache cache = loader.cache(List.of("other", "color", "gray"))) {
      assertThat(cache.images()).isEqualTo(3);
      assertThat(cache.channels(1)).isEqualTo(3);
      assertThat(cache.bytes()).isEqualTo(13 * 13 * 5);
      assertThat(cache.heapBytes())
          .isEqualTo(budget == 0 ? 0 : cache.bytes() - (budget < 1000 ? 13 * 13 * 4 : 0));
      assertThat(cache.raster(0).bytes()).isEqualTo(other.bytes());
      assertThat(cache.raster(1).bytes())
          .isEqualTo(Interpolation.LINEAR.resize(color, 13, 13).bytes());
      byte[] out = new byte[13 * 13 * 3];
      cache.copy(2, out);
      assertThat(out).startsWith(Interpolation.LINEAR.resize(gray, 13, 13).bytes());
      assertThat(files()).isZero(); // a file without a name: nothing is left by a kill
    }
    assertThat(files()).isZero();
  }

  @Test
  void thumbnailsAreShrunkByAreaAndSmallPicturesEnlarged() throws IOException {
    PixelCache.Loader loader = new PixelCache.Loader(10, Interpolation.AREA, 1 << 20, folder);
    Raster8 large = Pictures.gray(31, 17, 1);
    Raster8 small = Pictures.gray(31, 7, 1);
    loader.accept("large", large);
    loader.accept("small", small);
    try (PixelCache cache = loader.cache(List.of("large", "small"))) {
      assertThat(cache.raster(0).bytes())
          .isEqualTo(Interpolation.AREA.resize(large, 10, 10).bytes());
      assertThat(cache.raster(1).bytes())
          .isEqualTo(Interpolation.LINEAR.resize(small, 10, 10).bytes());
    }
  }

  @Test
  void aFileThatWasNeverLoadedIsNamed() {
    PixelCache.Loader loader = new PixelCache.Loader(13, Interpolation.LINEAR, 0, folder);
    assertThatThrownBy(() -> loader.cache(List.of("CNV/missing.png")))
        .hasMessageContaining("CNV/missing.png");
  }

  private long files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.count();
    }
  }
}
