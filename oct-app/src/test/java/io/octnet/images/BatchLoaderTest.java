package io.octnet.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.octnet.models.Batch;
import io.octnet.models.BatchSource;
import io.octnet.tensor.Shape;
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
  private record Seen(List<Integer> labels, int pixelHash) {}

  private static List<Seen> drain(BatchSource source, int epoch, int firstStep) {
    List<Seen> all = new ArrayList<>();
    try (BatchSource.Batches batches = source.open(epoch, firstStep)) {
      for (Batch b; (b = batches.next()) != null; ) {
        List<Integer> labels = Arrays.stream(b.labels()).boxed().toList();
        all.add(new Seen(labels, Arrays.hashCode(b.x().data())));
      }
    }
    return all;
  }

  @Test
  void batchesComeInOrderWithPixelsAndLabelsOfTheirPictures() {
    BatchSource source = loader.inOrder(new int[] {16, 3, 0, 1, 2, 5});
    assertThat(source.steps()).isEqualTo(2);
    assertThat(source.examples()).isEqualTo(6);
    try (BatchSource.Batches batches = source.open(0, 0)) {
      Batch batch = batches.next();
      assertThat(batch.x().shape()).isEqualTo(Shape.of(5, SIZE, SIZE, 3));
      assertThat(batch.labels()).containsExactly(0, 3, 0, 1, 2);
      int third = 2 * SIZE * SIZE * 3;
      float gray = (cache.raster(0).bytes()[7] & 0xff) / 255f;
      assertThat(Arrays.copyOfRange(batch.x().data(), third + 21, third + 24))
          .containsExactly(gray, gray, gray);
      Raster8 color = cache.raster(3);
      int second = SIZE * SIZE * 3;
      for (int c = 0; c < 3; c++) {
        assertThat(batch.x().data()[second + 21 + c]).isEqualTo(color.sample(7, 0, c) / 255f);
      }
      Batch last = batches.next();
      assertThat(last.x().shape()).isEqualTo(Shape.of(1, SIZE, SIZE, 3));
      assertThat(last.labels()).containsExactly(1);
      assertThat(batches.next()).isNull();
      assertThat(batches.next()).isNull();
    }
  }

  @Test
  void everyEpochHasAnOrderOfItsOwnThatTheSeedDecides() {
    List<Seen> one = drain(loader.training(ALL, 42, Augment.LIGHT), 1, 0);
    assertThat(one).hasSize(4);
    assertThat(drain(loader.training(ALL, 42, Augment.LIGHT), 1, 0)).isEqualTo(one);
    assertThat(drain(loader.training(ALL, 42, Augment.LIGHT), 2, 0)).isNotEqualTo(one);
    assertThat(drain(loader.training(ALL, 43, Augment.LIGHT), 1, 0)).isNotEqualTo(one);
    assertThat(drain(loader.training(ALL, 42, Augment.NONE), 1, 0)).isNotEqualTo(one);
    for (int epoch = 0; epoch < 5; epoch++) {
      assertThat(BatchLoader.shuffled(ALL, 42, epoch))
          .isNotEqualTo(ALL)
          .containsExactlyInAnyOrder(ALL);
    }
  }

  @Test
  void anEpochCanBeEnteredAgainAtAnyStep() {
    BatchSource source = loader.training(ALL, 7, Augment.LIGHT);
    List<Seen> whole = drain(source, 3, 0);
    for (int from = 0; from <= whole.size(); from++) {
      assertThat(drain(source, 3, from)).isEqualTo(whole.subList(from, whole.size()));
    }
  }

  @Test
  void leavingEarlyGivesTheBuffersBack() {
    BatchSource source = loader.training(ALL, 1, Augment.NONE);
    for (int i = 0; i < 20; i++) {
      try (BatchSource.Batches batches = source.open(i, 0)) {
        assertThat(batches.next()).isNotNull();
      }
    }
    assertThat(drain(source, 0, 0)).hasSize(4);
  }

  @Test
  void theSameFewBuffersServeAllEpochs() {
    Set<Integer> buffers = new HashSet<>();
    BatchSource source = loader.training(ALL, 1, Augment.NONE);
    for (int epoch = 0; epoch < 9; epoch++) {
      try (BatchSource.Batches batches = source.open(epoch, 0)) {
        for (Batch b; (b = batches.next()) != null; ) {
          buffers.add(System.identityHashCode(b.x().data()));
        }
      }
    }
    assertThat(buffers).hasSizeLessThanOrEqualTo(6); // three whole, three for the last of an epoch
    assertThat(BatchLoader.bufferBytes(5, SIZE)).isEqualTo(3L * 5 * SIZE * SIZE * 3 * 4);
  }

  @Test
  void aSlowConsumerHardlyWaits() throws Exception {
    long start = System.nanoTime();
    try (BatchSource.Batches batches = loader.inOrder(ALL).open(0, 0)) {
      while (batches.next() != null) {
        Thread.sleep(Duration.ofMillis(30));
      }
    }
    assertThat(loader.waitSeconds()).isBetween(0.0, (System.nanoTime() - start) / 1e9 - 0.1);
  }

  @Test
  void anEmptyPassEndsAtOnce() {
    assertThat(drain(loader.inOrder(new int[0]), 0, 0)).isEmpty();
  }

  @Test
  void aFailureWhilePreparingReachesTheConsumer() {
    try (BatchSource.Batches batches = loader.inOrder(new int[] {0, 99}).open(0, 0)) {
      assertThatThrownBy(batches::next).hasRootCauseInstanceOf(IndexOutOfBoundsException.class);
      assertThat(batches.next()).isNull();
    }
    assertThat(drain(loader.inOrder(ALL), 0, 0)).hasSize(4);
    assertThatThrownBy(() -> new BatchLoader(cache, new int[3], 5, Preprocess.DIV255))
        .hasMessageContaining("one label a picture (17), received 3");
  }
}
