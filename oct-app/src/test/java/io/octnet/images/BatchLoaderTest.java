package io.octnet.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class BatchLoaderTest {
  private static final int IMAGES = 17;
  private static final int SIZE = 13;
  private static final int[] ALL = IntStream.range(0, IMAGES).toArray();

  private PixelCache cache;
  private BatchLoader loader;

  @BeforeEach
  void load() throws IOException {
    PixelCache.Loader pictures =
        new PixelCache.Loader(SIZE, Interpolation.LINEAR, 1 << 20, Path.of("."));
    List<String> files = new ArrayList<>();
    for (int i : ALL) {
      files.add("file" + i);
      pictures.accept(
          "file" + i, i == 3 ? Pictures.color(SIZE, SIZE, i) : Pictures.gray(SIZE, SIZE, i));
    }
    cache = pictures.cache(files);
    loader =
        new BatchLoader(cache, Arrays.stream(ALL).map(i -> i % 4).toArray(), 5, Preprocess.DIV255);
  }

  /** One batch of an epoch, copied out of the buffers. */
  private record Seen(List<Integer> images, List<Integer> labels, int pixelHash) {}

  private static List<Seen> drain(Batches batches) {
    List<Seen> all = new ArrayList<>();
    try (batches) {
      for (Batch b; (b = batches.next()) != null; ) {
        float[] pixels = Arrays.copyOf(b.pixels, b.size() * SIZE * SIZE * 3);
        all.add(new Seen(first(b.images, b), first(b.labels, b), Arrays.hashCode(pixels)));
      }
    }
    return all;
  }

  private static List<Integer> first(int[] values, Batch batch) {
    return Arrays.stream(values, 0, batch.size()).boxed().toList();
  }

  @Test
  void batchesComeInOrderWithPixelsAndLabelsOfTheirPictures() {
    try (Batches batches = loader.batches(new int[] {16, 3, 0, 1, 2, 5})) {
      assertThat(batches.count()).isEqualTo(2);
      Batch batch = batches.next();
      assertThat(batch.size()).isEqualTo(5);
      assertThat(batch.images).containsExactly(16, 3, 0, 1, 2);
      assertThat(batch.labels).containsExactly(0, 3, 0, 1, 2);
      int third = 2 * SIZE * SIZE * 3;
      float gray = (cache.raster(0).bytes()[7] & 0xff) / 255f;
      assertThat(Arrays.copyOfRange(batch.pixels, third + 21, third + 24))
          .containsExactly(gray, gray, gray);
      Raster8 color = cache.raster(3);
      int second = SIZE * SIZE * 3;
      for (int c = 0; c < 3; c++) {
        assertThat(batch.pixels[second + 21 + c]).isEqualTo(color.sample(7, 0, c) / 255f);
      }
      assertThat(batches.next().size()).isEqualTo(1);
      assertThat(batches.next()).isNull();
      assertThat(batches.next()).isNull();
    }
  }

  @Test
  void everyEpochShowsEveryPictureOnceInAnOrderOfItsOwn() {
    List<Seen> one = drain(loader.epoch(ALL, 42, 1, 0, Augment.LIGHT));
    List<Seen> again = drain(loader.epoch(ALL, 42, 1, 0, Augment.LIGHT));
    List<Seen> two = drain(loader.epoch(ALL, 42, 2, 0, Augment.LIGHT));
    assertThat(again).isEqualTo(one);
    assertThat(two).isNotEqualTo(one);
    Set<Integer> seen = new HashSet<>();
    two.forEach(batch -> seen.addAll(batch.images));
    assertThat(seen).hasSize(IMAGES);
    assertThat(one).hasSize(4);
  }

  @Test
  void anEpochCanBeEnteredAgainAtAnyBatch() {
    List<Seen> whole = drain(loader.epoch(ALL, 7, 3, 0, Augment.LIGHT));
    for (int from = 0; from <= whole.size(); from++) {
      assertThat(drain(loader.epoch(ALL, 7, 3, from, Augment.LIGHT)))
          .isEqualTo(whole.subList(from, whole.size()));
    }
  }

  @Test
  void leavingEarlyGivesTheBuffersBack() {
    for (int i = 0; i < 20; i++) {
      try (Batches batches = loader.epoch(ALL, 1, i, 0, Augment.NONE)) {
        assertThat(batches.next()).isNotNull();
      }
    }
    assertThat(drain(loader.batches(ALL))).hasSize(4);
  }

  @Test
  void onlyThreeBuffersAreEverUsed() {
    Set<Integer> buffers = new HashSet<>();
    for (int epoch = 0; epoch < 5; epoch++) {
      try (Batches batches = loader.epoch(ALL, 1, epoch, 0, Augment.NONE)) {
        for (Batch b; (b = batches.next()) != null; ) {
          buffers.add(System.identityHashCode(b.pixels));
        }
      }
    }
    assertThat(buffers).hasSizeLessThanOrEqualTo(3);
    assertThat(BatchLoader.bufferBytes(5, SIZE)).isEqualTo(3L * 5 * SIZE * SIZE * 3 * 4);
  }

  @Test
  void theShareOfWaitingIsSmallForASlowConsumer() throws Exception {
    try (Batches batches = loader.batches(ALL)) {
      while (batches.next() != null) {
        Thread.sleep(Duration.ofMillis(30));
      }
      assertThat(batches.waitShare()).isBetween(0.0, 0.9);
      assertThat(batches.waitSeconds()).isGreaterThan(0);
    }
  }

  @Test
  void anEmptyPassEndsAtOnce() {
    assertThat(drain(loader.batches(new int[0]))).isEmpty();
  }

  @Test
  void aFailureWhilePreparingReachesTheConsumer() {
    try (Batches batches = loader.batches(new int[] {0, 99})) {
      assertThatThrownBy(batches::next).hasRootCauseInstanceOf(IndexOutOfBoundsException.class);
      assertThat(batches.next()).isNull();
    }
    assertThatThrownBy(() -> new BatchLoader(cache, new int[3], 5, Preprocess.DIV255))
        .hasMessageContaining("one label a picture (17), received 3");
  }
}
