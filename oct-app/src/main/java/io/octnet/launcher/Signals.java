package io.octnet.launcher;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Arrays;

/**
 * Passes SIGINT, SIGTERM and SIGHUP on to the application as SIGTERM, and goes on waiting for it.
 *
 * <p>Ctrl-C in a terminal reaches both processes by itself, a {@code kill} only one: so the
 * application may get SIGINT, SIGTERM or both for one request. It counts each kind for itself and
 * takes the larger count for the number of requests.
 *
 * <p>{@code sun.misc.Signal} is the only way to learn of a signal without ending; it is in every
 * JDK, but not in the API that a compiler for Java 8 shows.
 */
final class Signals {
  private Process child;
  private boolean early;

  private Signals() {}

  /** From now on signals are kept for the child, also those that come before it is started. */
  static Signals keep() {
    Signals signals = new Signals();
    if (JvmCommand.WINDOWS) {
      // The console tells both processes of Ctrl-C, and Process.destroy would kill without asking.
      handle("INT", () -> {});
      return signals;
    }
    for (String name : Arrays.asList("INT", "TERM", "HUP")) {
      handle(name, signals::received);
    }
    return signals;
  }

  private synchronized void received() {
    if (child == null) {
      early = true;
    } else {
      child.destroy();
    }
  }

  /** Whom they are for. */
  synchronized void passOnTo(Process started) {
    child = started;
    if (early) {
      started.destroy();
    }
  }

  private static void handle(String name, Runnable action) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object proxy =
          Proxy.newProxyInstance(
              handler.getClassLoader(),
              new Class<?>[] {handler},
              (self, method, args) -> {
                if (method.getName().equals("handle")) {
                  action.run();
                }
                return null;
              });
      Object wanted = signal.getConstructor(String.class).newInstance(name);
      signal.getMethod("handle", signal, handler).invoke(null, wanted, proxy);
    } catch (InvocationTargetException e) {
      // the JVM was told to leave signals alone (-Xrs)
    } catch (ReflectiveOperationException | LinkageError e) {
      // no such class: the application notices by itself when this process is gone
    }
  }
}
