package io.octnet.images;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/** Runs a task for each of n indices on a few threads that end with it. */
public final class Workers {
  private Workers() {}

  /** What is done for an index; results go to places of their own, so that order never matters. */
  @FunctionalInterface
  public interface Task {
    void run(int index) throws Exception;
  }

  /** As many threads as the machine has processors. */
  public static int all() {
    return Runtime.getRuntime().availableProcessors();
  }

  /** The results of {@code function} for 0 to {@code count - 1}, in this order. */
  public static <T> List<T> map(int count, int threads, IntFunction<T> function) {
    List<T> results = new ArrayList<>(Collections.nCopies(count, null));
    forEach(count, threads, i -> results.set(i, function.apply(i)));
    return results;
  }

  /**
   * Runs {@code task} for 0 to {@code count - 1}; returns when all are done. The first exception
   * stops the rest and is thrown here, unchecked ones as they are.
   *
   * @throws CancellationException when the calling thread is interrupted; its flag stays set
   */
  public static void forEach(int count, int threads, Task task) {
    if (threads < 1) {
      throw new IllegalArgumentException("expected at least 1 thread, received " + threads);
    }
    AtomicInteger next = new AtomicInteger();
    Callable<Void> loop =
        () -> {
          for (int i; (i = next.getAndIncrement()) < count; ) {
            try {
              task.run(i);
            } catch (Throwable e) {
              next.set(count); // the others end after what they are at
              throw e;
            }
          }
          return null;
        };
    ExecutorService pool =
        Executors.newFixedThreadPool(
            Math.min(threads, Math.max(1, count)), Thread.ofPlatform().name("data-", 0).factory());
    try {
      List<Future<Void>> loops = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        loops.add(pool.submit(loop));
      }
      for (Future<Void> done : loops) {
        await(done);
      }
    } finally {
      next.set(count);
      pool.shutdownNow();
      pool.close();
    }
  }

  /**
   * The result of a task; its exception is thrown here, unchecked ones as they are.
   *
   * @throws CancellationException when the calling thread is interrupted; its flag stays set
   */
  public static <T> T await(Future<T> task) {
    try {
      return task.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      if (e.getCause() instanceof Error cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    }
  }
}
