package io.octnet.prediction;

import static org.assertj.core.api.Assertions.assertThat;

import io.octnet.images.BitDepth;
import io.octnet.images.Interpolation;
import io.octnet.images.Pictures;
import io.octnet.images.Preprocess;
import io.octnet.images.Raster8;
import io.octnet.images.ScanRef;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
class FileBatchesTest {
  private static final int SIZE = 9;
  private static final int SCANS = 31;
  private static final int DAMAGED = 7;

  @TempDir private Path folder;
  private final List<ScanRef> files = new ArrayList<>();

  @BeforeEach
  void draw() throws Exception {
    for (int i = 0; i < SCANS; i++) {
      Path file = folder.resolve("scan" + (SCANS - i) + ".png");
      Files.write(file, i == DAMAGED ? new byte[0] : Pictures.encode(scan(i), "png"));
      files.add(ScanRef.of(file));
    }
    files.add(ScanRef.of(folder.resolve("missing.png")));
  }

  private static Raster8 scan(int i) {
    return Pictures.gray(20 + i, 15, i);
  }

  private static float[] resized(Raster8 scan) {
    float[] expected = new float[SIZE * SIZE * 3];
    byte[] pixels = Interpolation.LINEAR.resize(scan, SIZE, SIZE).bytes();
    Preprocess.DIV255.apply(pixels, 1, SIZE * SIZE, expected, 0);
    return expected;
  }

  @Test
  void filesComeInTheirOrderAndDamagedOnesWithTheirReason() {
    int at = 0;
    try (FileBatches batches =
        new FileBatches(files, SIZE, Preprocess.DIV255, BitDepth.BITS_16, 5, 3)) {
      while (batches.hasNext()) {
        FileBatches.FileBatch batch = batches.next();
        assertThat(batch.files()).isEqualTo(files.subList(at, at + batch.files().size()));
        for (int i = 0; i < batch.files().size(); i++, at++) {
          if (at == DAMAGED) {
            assertThat(batch.errors().get(i)).isEqualTo("empty file");
          } else if (at == SCANS) {
            assertThat(batch.errors().get(i)).isEqualTo("no such file");
          } else {
            assertThat(batch.errors().get(i)).isNull();
            int place = i * SIZE * SIZE * 3;
            assertThat(Arrays.copyOfRange(batch.x().data(), place, place + SIZE * SIZE * 3))
                .isEqualTo(resized(scan(at)));
          }
        }
      }
    }
    assertThat(at).isEqualTo(files.size());
  }

  @Test
  void theLastBatchHoldsWhatIsLeft() {
    List<Integer> sizes = new ArrayList<>();
    try (FileBatches batches =
        new FileBatches(files, SIZE, Preprocess.DIV255, BitDepth.BITS_16, 10, 2)) {
      while (batches.hasNext()) {
        sizes.add(batches.next().x().dim(0));
      }
    }
    assertThat(sizes).containsExactly(10, 10, 10, 2);
  }

  @Test
  void aBatchStaysWhileTheNextOneIsPrepared() throws Exception {
    try (FileBatches batches =
        new FileBatches(files.subList(0, 6), SIZE, Preprocess.DIV255, BitDepth.BITS_16, 2, 1)) {
      float[] first = batches.next().x().data();
      float[] before = first.clone();
      Thread.sleep(200);
      assertThat(first).isEqualTo(before);
      assertThat(batches.next().x().data()).isNotSameAs(first);
      assertThat(batches.next().x().data()).isSameAs(first).isNotEqualTo(before);
    }
  }

  @Test
  void withoutFilesThereIsNoBatch() {
    try (FileBatches batches =
        new FileBatches(List.of(), SIZE, Preprocess.DIV255, BitDepth.BITS_16, 5, 2)) {
      assertThat(batches.hasNext()).isFalse();
    }
  }
}
