package io.octnet.images;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;

/**
 * The batches of one pass over some pictures, prepared ahead. Close it, also when leaving early,
 * before the next pass begins.
 */
public final class Batches implements AutoCloseable {
  /** What the worker puts in the queue: a batch, the end (both null), or what went wrong. */
  private record Ready(Batch batch, Throwable failure) {
    static final Ready END = new Ready(null, null);
  }

  private final BatchLoader loader;
  private final int count;
  private final BlockingQueue<Ready> ready = new ArrayBlockingQueue<>(4);
  private final Thread worker;
  private final long started = System.nanoTime();
  private Batch current;
  private boolean ended;
  private long waited;

  Batches(BatchLoader loader, int[] order, int firstBatch, Augment augment, long augmentSeed) {
    this.loader = loader;
    this.count = (order.length + loader.batchSize() - 1) / loader.batchSize();
    this.worker =
        Thread.ofPlatform()
            .name("batches")
            .daemon()
            .start(() -> produce(order, firstBatch, augment, augmentSeed));
  }

  /** How many batches the whole pass has. */
  public int count() {
    return count;
  }

  private void produce(int[] order, int firstBatch, Augment augment, long augmentSeed) {
    try {
      for (int b = firstBatch; b < count; b++) {
        Batch batch = loader.free().take();
        try {
          loader.fill(batch, order, b * loader.batchSize(), augment, augmentSeed);
        } catch (RuntimeException | Error e) {
          loader.free().add(batch);
          ready.add(new Ready(null, e));
          return;
        }
        ready.add(new Ready(batch, null));
      }
      ready.add(Ready.END);
    } catch (InterruptedException e) {
      // closed early
    }
  }

  /**
   * The next batch, or null after the last. The one handed out before is filled anew from now on.
   *
   * @throws CancellationException when the calling thread is interrupted; its flag stays set
   */
  public Batch next() {
    recycle();
    if (ended) {
      return null;
    }
    Ready next = take();
    if (next.failure != null) {
      ended = true;
      throw new IllegalStateException("preparing a batch failed", next.failure);
    }
    ended = next.batch == null;
    current = next.batch;
    return current;
  }

  private Ready take() {
    long before = System.nanoTime();
    try {
      return ready.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted");
    } finally {
      waited += System.nanoTime() - before;
    }
  }

  /** The share of the time since the beginning that {@link #next} had to wait, 0 to 1. */
  public double waitShare() {
    return (double) waited / Math.max(1, System.nanoTime() - started);
  }

  /** Seconds that {@link #next} had to wait. */
  public double waitSeconds() {
    return waited / 1e9;
  }

  private void recycle() {
    if (current != null) {
      loader.free().add(current);
      current = null;
    }
  }

  /** Stops preparing and gives the buffers back. */
  @Override
  public void close() {
    ended = true;
    worker.interrupt();
    boolean interrupted = false;
    while (true) {
      try {
        worker.join();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    recycle();
    for (Ready left : ready) {
      if (left.batch != null) {
        loader.free().add(left.batch);
      }
    }
    ready.clear();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
