package io.octnet.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.octnet.features.FeatureFile.Id;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeatureFileTest {
  private static final int LENGTH = 7;
  private static final Id IDENTITY = FeatureKey.image("a network", "");

  @TempDir Path folder;

  private Path path() {
    return folder.resolve("deep/a.features");
  }

  private FeatureFile open() throws IOException {
    return FeatureFile.open(path(), IDENTITY, LENGTH, false);
  }

  private static Id id(int image) {
    return FeatureKey.image("image " + image, "");
  }

  private static float[] values(int image) {
    float[] values = new float[LENGTH];
    for (int i = 0; i < LENGTH; i++) {
      values[i] = image + i * 0.125f;
    }
    return values;
  }

  private static float[] get(FeatureFile file, int image) {
    float[] out = new float[LENGTH + 2];
    file.get(id(image), out, 1);
    return java.util.Arrays.copyOfRange(out, 1, LENGTH + 1);
  }

  private void fill(int count) throws IOException {
    try (FeatureFile file = open()) {
      for (int i = 0; i < count; i++) {
        file.put(id(i), values(i), 0);
      }
    }
  }

  @Test
  void whatWasPutIsThereAfterOpeningAgain() throws IOException {
    fill(3);
    try (FeatureFile file = open()) {
      assertThat(file.size()).isEqualTo(3);
      assertThat(file.rebuilt()).isFalse();
      for (int i = 0; i < 3; i++) {
        assertThat(file.has(id(i))).isTrue();
        assertThat(get(file, i)).containsExactly(values(i));
      }
      assertThat(file.has(id(3))).isFalse();
    }
  }

  /** A process has some 65,000 mappings, fewer than a data set has images. */
  @Test
  void addingDoesNotMapTheFileAgain() throws IOException {
    Path maps = Path.of("/proc/self/maps");
    assumeTrue(Files.exists(maps), "no list of mappings here");
    try (FeatureFile file = open()) {
      for (int i = 0; i < 50; i++) {
        file.put(id(i), values(i), 0);
      }
      file.refresh();
      assertThat(Files.readAllLines(maps).stream().filter(line -> line.endsWith(path().toString())))
          .hasSizeBetween(1, 2);
      assertThat(get(file, 49)).containsExactly(values(49));
    }
  }

  @Test
  void aRecordWithAChangedByteIsMissingAndCanBePutAgain() throws IOException {
    fill(3);
    byte[] bytes = Files.readAllBytes(path());
    int second = 64 + (64 + 4 * LENGTH);
    bytes[second + 64 + 5] ^= 1;
    Files.write(path(), bytes);
    try (FeatureFile file = open()) {
      assertThat(file.has(id(0))).isTrue();
      assertThat(file.has(id(1))).isFalse();
      file.put(id(1), values(1), 0);
      file.refresh();
      assertThat(file.has(id(1))).isTrue();
      assertThat(get(file, 1)).containsExactly(values(1));
    }
  }

  @Test
  void aTornEndIsDropped() throws IOException {
    fill(3);
    byte[] bytes = Files.readAllBytes(path());
    for (int length : new int[] {bytes.length - 1, bytes.length - 50, 64 + 64 + 4 * LENGTH + 1}) {
      Files.write(path(), java.util.Arrays.copyOf(bytes, length));
      try (FeatureFile file = open()) {
        assertThat(file.rebuilt()).isFalse();
        assertThat(file.has(id(0))).isTrue();
        assertThat(file.has(id(2))).isFalse();
        file.put(id(2), values(2), 0);
        file.refresh();
        assertThat(get(file, 2)).containsExactly(values(2));
      }
    }
  }

  @Test
  void anotherHeaderMakesItNew() throws IOException {
    fill(2);
    byte[] whole = Files.readAllBytes(path());
    for (int place : new int[] {0, 8, 12, 20, 48}) {
      byte[] damaged = whole.clone();
      damaged[place] ^= 1;
      Files.write(path(), damaged);
      try (FeatureFile file = open()) {
        assertThat(file.rebuilt()).as("byte %d", place).isTrue();
        assertThat(file.size()).isZero();
      }
    }
    Files.write(path(), new byte[] {1, 2, 3});
    try (FeatureFile file = open()) {
      assertThat(file.rebuilt()).isTrue();
    }
    Files.write(path(), whole);
    try (FeatureFile other =
        FeatureFile.open(path(), FeatureKey.image("another network", ""), LENGTH, false)) {
      assertThat(other.size()).isZero();
    }
  }

  @Test
  void anEmptyFileOfACrashIsUsed() throws IOException {
    Files.createDirectories(path().getParent());
    Files.write(path(), new byte[0], StandardOpenOption.CREATE);
    try (FeatureFile file = open()) {
      assertThat(file.rebuilt()).isFalse();
      file.put(id(0), values(0), 0);
    }
    try (FeatureFile file = open()) {
      assertThat(file.size()).isOne();
    }
  }

  @Test
  void halvesAreRoundedToElevenBits() throws IOException {
    float[] values = {1 / 3f, -70000, 0, 1, 2048.9f, 1e-9f, Float.NaN};
    try (FeatureFile file = FeatureFile.open(path(), IDENTITY, LENGTH, true)) {
      file.put(id(0), values, 0);
      file.refresh();
      assertThat(get(file, 0))
          .containsExactly(0.33325195f, Float.NEGATIVE_INFINITY, 0, 1, 2048, 0, Float.NaN);
    }
  }

  @Test
  void severalAddAtTheSameTimeAndNothingIsLostOrDoubled() throws Exception {
    List<Thread> threads =
        IntStream.range(0, 4)
            .mapToObj(
                t ->
                    Thread.ofPlatform()
                        .start(
                            () -> {
                              try (FeatureFile file = open()) {
                                for (int i = 0; i < 40; i++) {
                                  file.put(id(i * (t % 2 + 1)), values(i * (t % 2 + 1)), 0);
                                }
                              } catch (IOException e) {
                                throw new java.io.UncheckedIOException(e);
                              }
                            }))
            .toList();
    for (Thread thread : threads) {
      thread.join();
    }
    try (FeatureFile file = open()) {
      assertThat(file.size()).isEqualTo(60); // 0..39 and the even ones up to 78
      assertThat(Files.size(path())).isEqualTo(64 + 60L * (64 + 4 * LENGTH));
      for (int i = 0; i < 40; i++) {
        assertThat(file.has(id(i))).isTrue();
        assertThat(get(file, i)).containsExactly(values(i));
      }
    }
  }
}
