package io.octnet.compute.simd.threads;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntConsumer;

/**
 * A fixed team of threads that shares the tasks of one job at a time; the caller works along.
 *
 * <p>Tasks are handed out by an atomic counter, so who computes what differs from run to run;
 * therefore a task must write only what is its own, and never depend on who runs it.
 */
public final class Workers implements AutoCloseable {
  private static final ThreadLocal<Boolean> INSIDE = ThreadLocal.withInitial(() -> false);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private final ReentrantLock oneJob = new ReentrantLock();
  private final int threads;
  private volatile Job job;
  private volatile boolean closed;

  private static final class Job {
    final int tasks;
    final IntConsumer task;
    final AtomicInteger next = new AtomicInteger();
    final AtomicInteger done = new AtomicInteger();
    final AtomicReference<Throwable> failure = new AtomicReference<>();
    volatile Thread waiting;

    Job(int tasks, IntConsumer task) {
      this.tasks = tasks;
      this.task = task;
    }

    void work() {
      int i;
      while ((i = next.getAndIncrement()) < tasks) {
        try {
          if (failure.get() == null) {
            task.accept(i);
          }
        } catch (Throwable e) {
          failure.compareAndSet(null, e);
        }
        if (done.incrementAndGet() == tasks && waiting != null) {
          LockSupport.unpark(waiting);
        }
      }
    }
  }

  public Workers(int threads) {
    this.threads = threads;
    for (int i = 1; i < threads; i++) {
      Thread thread = new Thread(this::loop, "octnet-compute-" + i);
      thread.setDaemon(true);
      thread.start();
    }
  }

  public int threads() {
    return threads;
  }

  public void parallelFor(int tasks, IntConsumer task) {
    if (closed) {
      throw new IllegalStateException("this back-end was closed; make another one");
    }
    if (threads == 1 || tasks <= 1 || INSIDE.get()) {
      for (int i = 0; i < tasks; i++) {
        task.accept(i);
      }
      return;
    }
    oneJob.lock();
    try {
      run(new Job(tasks, task));
    } finally {
      oneJob.unlock();
    }
  }

  private void run(Job current) {
    current.waiting = Thread.currentThread();
    lock.lock();
    try {
      job = current;
      arrived.signalAll();
    } finally {
      lock.unlock();
    }
    INSIDE.set(true);
    try {
      current.work();
    } finally {
      INSIDE.set(false);
    }
    for (int spins = 0; current.done.get() < current.tasks; spins++) {
      if (spins < 1_000) {
        Thread.onSpinWait();
      } else if (spins < 5_000) {
        Thread.yield(); // to whoever keeps the last task from its core, such as a decoder
      } else {
        LockSupport.parkNanos(50_000);
      }
    }
    job = null;
    Throwable failure = current.failure.get();
    if (failure instanceof RuntimeException e) {
      throw e;
    } else if (failure instanceof Error e) {
      throw e;
    } else if (failure != null) {
      throw new IllegalStateException(failure);
    }
  }

  private void loop() {
    INSIDE.set(true);
    Job last = null;
    while (!closed) {
      Job current = await(last);
      if (current != null) {
        current.work();
        last = current;
      }
    }
  }

  /** Spins for a moment, since the next job of a network mostly follows at once, then sleeps. */
  private Job await(Job last) {
    for (int spins = 0; spins < 5_000; spins++) {
      Job current = job;
      if (current != null && current != last) {
        return current;
      }
      Thread.onSpinWait();
    }
    lock.lock();
    try {
      while (!closed && (job == null || job == last)) {
        arrived.awaitUninterruptibly();
      }
      return job;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      arrived.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
