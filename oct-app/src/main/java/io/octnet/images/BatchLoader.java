package io.octnet.images;

import io.octnet.random.RandomStream;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Prepares batches on a thread of its own while the network computes: two lie ready, one is in the
 * consumer's hands, and these three are used again for all epochs.
 *
 * <p>What is in a batch depends on the order given, the seed, the epoch and the picture, never on
 * timing, so an interrupted epoch can be entered again at any batch.
 */
public final class BatchLoader {
  private static final int PREFETCH = 2;

  private final PixelCache cache;
  private final int[] labels;
  private final int batchSize;
  private final Preprocess preprocess;
  private final BlockingQueue<Batch> free = new ArrayBlockingQueue<>(PREFETCH + 1);

  /**
   * @param labels the class of each picture of the cache
   */
  public BatchLoader(PixelCache cache, int[] labels, int batchSize, Preprocess preprocess) {
    if (labels.length != cache.images()) {
      throw new IllegalArgumentException(
          "expected one label a picture (%d), received %d"
              .formatted(cache.images(), labels.length));
    }
    if (batchSize < 1) {
      throw new IllegalArgumentException("expected a batch of 1 or more, received " + batchSize);
    }
    this.cache = cache;
    this.labels = labels.clone();
    this.batchSize = batchSize;
    this.preprocess = preprocess;
    for (int i = 0; i <= PREFETCH; i++) {
      free.add(new Batch(batchSize, cache.size() * cache.size() * 3));
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

  /** Bytes of the buffers of a loader, for telling the memory before it is taken. */
  public static long bufferBytes(int batchSize, int size) {
    return (PREFETCH + 1L) * batchSize * size * size * 3 * Float.BYTES;
  }

  /** The pictures in the order given, unchanged, for validation and test. */
  public Batches batches(int[] images) {
    return new Batches(this, images.clone(), 0, Augment.NONE, 0);
  }

  /**
   * One epoch of training: shuffled by seed and epoch, augmented.
   *
   * @param firstBatch where to begin: 0, or the number of batches already done
   */
  public Batches epoch(int[] images, long seed, int epoch, int firstBatch, Augment augment) {
    long augmentSeed = RandomStream.derive(seed, "augment", epoch);
    return new Batches(this, shuffled(images, seed, epoch), firstBatch, augment, augmentSeed);
  }

  int batchSize() {
    return batchSize;
  }

  BlockingQueue<Batch> free() {
    return free;
  }

  /** Fills a batch with {@code order[from..]}. */
  void fill(Batch batch, int[] order, int from, Augment augment, long augmentSeed) {
    int pixels = cache.size() * cache.size();
    byte[] plain = new byte[3 * pixels];
    byte[] changed = augment.equals(Augment.NONE) ? plain : new byte[3 * pixels];
    batch.resize(Math.min(batchSize, order.length - from));
    for (int i = 0; i < batch.size(); i++) {
      int image = order[from + i];
      int channels = cache.channels(image);
      cache.copy(image, plain);
      if (changed != plain) {
        RandomStream random = RandomStream.of(augmentSeed, "image", image);
        augment.apply(plain, changed, cache.size(), channels, random);
      }
      preprocess.apply(changed, channels, pixels, batch.pixels, i * pixels * 3);
      batch.labels[i] = labels[image];
      batch.images[i] = image;
    }
  }
}
