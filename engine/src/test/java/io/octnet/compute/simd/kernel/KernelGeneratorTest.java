package io.octnet.compute.simd.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KernelGeneratorTest {
  private static final Path SOURCES = Path.of("src/main/java/io/octnet/compute/simd/kernel");

  /** Formatting moves white space and the stars of comments, nothing else. */
  @ParameterizedTest
  @ValueSource(ints = {128, 256, 512})
  void theMicroKernelsAreWhatTheGeneratorWrites(int bits) throws IOException {
    String committed = Files.readString(SOURCES.resolve("MicroKernel" + bits + ".java"));
    assertThat(bare(committed)).isEqualTo(bare(KernelGenerator.of(bits).generate()));
  }

  private static String bare(String source) {
    return source.replaceAll("(?m)^\\s*\\*", "").replaceAll("\\s+", "");
  }
}
