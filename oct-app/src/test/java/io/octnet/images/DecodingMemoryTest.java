package io.octnet.images;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A picture is not called damaged because memory ran out. */
class DecodingMemoryTest {
  /** Decodes a file in a small heap. */
  static final class Small {
    public static void main(String[] args) throws Exception {
      try {
        ImageDecoder.decode(Files.readAllBytes(Path.of(args[0])));
        System.out.println("decoded");
      } catch (UnreadableImageException e) {
        System.out.println(e.getMessage());
      } catch (OutOfMemoryError e) {
        System.out.println("out of memory");
      }
    }
  }

  @Test
  void outOfMemoryIsNotDamage(@TempDir Path folder) throws Exception {
    Raster8 blank = new Raster8(6000, 5000, 1, new byte[6000 * 5000]);
    Path file = Files.write(folder.resolve("large.png"), Png.encode(blank));
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx20m",
                "-Djava.awt.headless=true",
                "-cp",
                System.getProperty("java.class.path"),
                Small.class.getName(),
                file.toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(output.strip()).endsWith("out of memory");
  }

  @Test
  void aFileWhoseLengthsLieIsDamagedAllTheSame() {
    assertThat(ImageDecoder.isOwnFault(1000, 1000, 1L << 30)).isTrue();
    assertThat(ImageDecoder.isOwnFault(40_000_000, 1000, 1L << 30)).isFalse();
  }
}
