package io.octnet.images;

import io.octnet.models.Batch;
import io.octnet.models.BatchSource;
import io.octnet.random.RandomStream;
import io.octnet.text.Text;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Prepares batches on a thread of its own while the network computes: two lie ready, one is in the
 * consumer's hands, and these three are used again for all epochs. One pass runs at a time.
 *
 * <p>What is in a batch depends on the pictures, the seed and the epoch, never on timing, so an
 * interrupted epoch can be entered again at any step.
 */
public final class BatchLoader {
  private static final int PREFETCH = 2;

  private final PixelCache cache;
  private final int[] labels;
  private final int batchSize;
  private final Preprocess preprocess;
  private final BlockingQueue<BatchBuffer> free = new ArrayBlockingQueue<>(PREFETCH + 1);
  private final AtomicLong waitedNanos = new AtomicLong();

  /**
   * @param labels the class of each picture of the cache
   */
  public BatchLoader(PixelCache cache, int[] labels, int batchSize, Preprocess preprocess) {
    if (labels.length != cache.images()) {
      throw new IllegalArgumentException(
          Text.format(
              "expected one label a picture (%d), received %d", cache.images(), labels.length));
    }
    if (batchSize < 1) {
      throw new IllegalArgumentException("expected a batch of 1 or more, received " + batchSize);
    }
    this.cache = cache;
    this.labels = labels.clone();
    this.batchSize = batchSize;
    this.preprocess = preprocess;
    for (int i = 0; i <= PREFETCH; i++) {
      free.add(new BatchBuffer(batchSize, cache.size()));
    }
  }

  /** A random order of these pictures that depends on seed and epoch alone. */
  public static int[] shuffled(int[] images, long seed, int epoch) {
    int[] order = RandomStream.of(seed, "shuffle", epoch).permutation(images.length);
    for (int i = 0; i < order.length; i++) {
      order[i] = images[order[i]];
    }
    return order;
  }

  /** The pictures of one step of {@link #training}, as indices of the cache. */
  public int[] trainingStep(int[] images, long seed, int epoch, int step) {
    int[] order = shuffled(images, seed, epoch);
    int from = step * batchSize;
    return Arrays.copyOfRange(order, from, Math.min(order.length, from + batchSize));
  }

  /** Bytes of the buffers of a loader, for telling the memory before it is taken. */
  public static long bufferBytes(int batchSize, int size) {
    return (PREFETCH + 1L) * batchSize * size * size * 3 * Float.BYTES;
  }

  /** These pictures in this order, unchanged, for validation and test. */
  public BatchSource inOrder(int[] images) {
    return source(images.clone(), false, 0, Augment.NONE);
  }

  /** These pictures in a new order in every epoch, augmented anew. */
  public BatchSource training(int[] images, long seed, Augment augment) {
    return source(images.clone(), true, seed, augment);
  }

  /** These pictures in this order, augmented as {@link #training} does it in that epoch. */
  public BatchSource augmented(int[] images, long seed, Augment augment) {
    return source(images.clone(), false, seed, augment);
  }

  /** Seconds that consumers have waited for batches of this loader, all passes together. */
  public double waitSeconds() {
    return waitedNanos.get() / 1e9;
  }

  private BatchSource source(int[] images, boolean shuffle, long seed, Augment augment) {
    return new BatchSource() {
      @Override
      public int steps() {
        return Math.ceilDiv(images.length, batchSize);
      }

      @Override
      public int examples() {
        return images.length;
      }

      @Override
      public Batches open(int epoch, int firstStep) {
        int[] order = shuffle ? shuffled(images, seed, epoch) : images;
        long augmentSeed = RandomStream.derive(seed, "augment", epoch);
        return new PreparedBatches(
            free,
            waitedNanos,
            firstStep,
            steps(),
            (step, buffer) -> fill(buffer, order, step * batchSize, augment, augmentSeed));
      }
    };
  }

  private Batch fill(BatchBuffer buffer, int[] order, int from, Augment augment, long seed) {
    int pixels = cache.size() * cache.size();
    byte[] plain = new byte[3 * pixels];
    byte[] changed = augment.equals(Augment.NONE) ? plain : new byte[3 * pixels];
    Batch batch = buffer.ofSize(Math.min(batchSize, order.length - from));
    for (int i = 0; i < batch.size(); i++) {
      int image = order[from + i];
      int channels = cache.channels(image);
      cache.copy(image, plain);
      if (changed != plain) {
        RandomStream random = RandomStream.of(seed, "image", image);
        augment.apply(plain, changed, cache.size(), channels, random);
      }
      preprocess.apply(changed, channels, pixels, batch.x().data(), i * pixels * 3);
      batch.labels()[i] = labels[image];
    }
    return batch;
  }
}
