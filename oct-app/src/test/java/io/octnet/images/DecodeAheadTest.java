package io.octnet.images;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
class DecodeAheadTest {
  @TempDir private Path folder;

  @Test
  void filesComeInTheirOrderAndDamagedOnesWithTheirReason() throws Exception {
    List<Path> files = new ArrayList<>();
    for (int i = 0; i < 31; i++) {
      Path file = folder.resolve("scan" + (31 - i) + ".png");
      Files.write(
          file, i == 7 ? new byte[0] : Pictures.encode(Pictures.gray(20 + i, 15, i), "png"));
      files.add(file);
    }
    files.add(folder.resolve("missing.png"));
    try (DecodeAhead decoded = new DecodeAhead(files, 9, 3, 4)) {
      for (int i = 0; i < files.size(); i++) {
        assertThat(decoded.hasNext()).isTrue();
        DecodeAhead.Decoded next = decoded.next();
        assertThat(next.file()).isEqualTo(files.get(i));
        if (i == 7) {
          assertThat(next.error()).isEqualTo("empty file");
        } else if (i == 31) {
          assertThat(next.error()).isEqualTo("no such file");
        } else {
          assertThat(next.error()).isNull();
          assertThat(next.pixels().bytes())
              .isEqualTo(Interpolation.LINEAR.resize(Pictures.gray(20 + i, 15, i), 9, 9).bytes());
        }
      }
      assertThat(decoded.hasNext()).isFalse();
    }
  }
}
