package io.octnet.cli;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import sun.misc.Signal;

/**
 * Ctrl-C and SIGTERM: the first one asks the command that runs to stop in order, if it can; the
 * second, or the first where it cannot, ends the process with 130.
 *
 * <p>A terminal sends SIGINT to the launcher, which passes it on as SIGTERM, and to this process as
 * well; {@code kill} sends one signal to one of the two. So each kind is counted for itself, and
 * the largest count is the number of requests.
 */
public final class Interrupts {
  /** Exit code of a command that was interrupted. */
  public static final int EXIT_CODE = 130;

  private static final AtomicReference<Runnable> STOP = new AtomicReference<>();
  private static final AtomicInteger REQUESTS = new AtomicInteger();

  private Interrupts() {}

  /**
   * Runs a piece of work that {@code stop} asks to end soon; {@code stop} is called from another
   * thread, at most once, also if the request came before.
   */
  static <T> T during(Runnable stop, java.util.concurrent.Callable<T> work) throws Exception {
    STOP.set(stop);
    try {
      return work.call();
    } finally {
      STOP.set(null);
    }
  }

  static void install() {
    for (String name : new String[] {"INT", "TERM", "HUP"}) {
      AtomicInteger count = new AtomicInteger();
      try {
        Signal.handle(new Signal(name), signal -> requested(count.incrementAndGet()));
      } catch (IllegalArgumentException e) {
        // the JVM was told to leave signals alone, or the system has no such signal
      }
    }
    if (Boolean.getBoolean("octnet.launched")) {
      endWithTheLauncher();
    }
  }

  /** A launcher that was killed outright passes nothing on. */
  private static void endWithTheLauncher() {
    ProcessHandle.current()
        .parent()
        .ifPresent(launcher -> launcher.onExit().thenRun(() -> requested(REQUESTS.get() + 1)));
  }

  private static synchronized void requested(int count) {
    if (count <= REQUESTS.get()) {
      return;
    }
    REQUESTS.set(count);
    Runnable stop = STOP.getAndSet(null);
    if (count == 1 && stop != null) {
      stop.run();
    } else {
      // on a thread of its own: the one that runs handlers must stay free
      new Thread(() -> System.exit(EXIT_CODE), "exit").start();
    }
  }
}
