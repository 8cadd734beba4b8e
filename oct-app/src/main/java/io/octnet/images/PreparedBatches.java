package io.octnet.images;

import io.octnet.models.Batch;
import io.octnet.models.BatchSource;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;

/** The batches of one pass, prepared ahead by a thread that ends with it. */
final class PreparedBatches implements BatchSource.Batches {
  /** Writes the batch of a step into a buffer. */
  interface Filler {
    Batch fill(int step, BatchBuffer buffer);
  }

  /** What the worker puts in the queue: a batch, the end (no batch), or what went wrong. */
  private record Ready(BatchBuffer buffer, Batch batch, Throwable failure) {
    static final Ready END = new Ready(null, null, null);
  }

  private final BlockingQueue<BatchBuffer> free;
  private final AtomicLong waitedNanos;
  private final BlockingQueue<Ready> ready = new ArrayBlockingQueue<>(4);
  private final Thread worker;
  private BatchBuffer current;
  private boolean ended;

  PreparedBatches(
      BlockingQueue<BatchBuffer> free,
      AtomicLong waitedNanos,
      int firstStep,
      int steps,
      Filler filler) {
    this.free = free;
    this.waitedNanos = waitedNanos;
    this.worker =
        Thread.ofPlatform().name("batches").daemon().start(() -> produce(firstStep, steps, filler));
  }

  private void produce(int firstStep, int steps, Filler filler) {
    try {
      for (int step = firstStep; step < steps; step++) {
        BatchBuffer buffer = free.take();
        try {
          ready.add(new Ready(buffer, filler.fill(step, buffer), null));
        } catch (RuntimeException | Error e) {
          ready.add(new Ready(buffer, null, e));
          return;
        }
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
  @Override
  public Batch next() {
    recycle();
    if (ended) {
      return null;
    }
    Ready next = take();
    current = next.buffer;
    ended = next.batch == null;
    if (next.failure instanceof Error error) {
      throw error;
    }
    if (next.failure != null) {
      throw new IllegalStateException("preparing a batch failed", next.failure);
    }
    return next.batch;
  }

  private Ready take() {
    long before = System.nanoTime();
    try {
      return ready.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted");
    } finally {
      waitedNanos.addAndGet(System.nanoTime() - before);
    }
  }

  private void recycle() {
    if (current != null) {
      free.add(current);
      current = null;
    }
  }

  /** Stops preparing and gives the buffers back. */
  @Override
  public void close() {
    ended = true;
    worker.interrupt();
    boolean interrupted = Thread.interrupted();
    while (worker.isAlive()) {
      try {
        worker.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    recycle();
    for (Ready left : ready) {
      if (left.buffer != null) {
        free.add(left.buffer);
      }
    }
    ready.clear();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
