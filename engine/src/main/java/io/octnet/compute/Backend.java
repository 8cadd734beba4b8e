package io.octnet.compute;

import io.octnet.text.Text;
import java.lang.System.Logger.Level;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;

/**
 * Which {@link Compute} the ops use: chosen once, said in one log line, and forced by {@code
 * -Doctnet.backend=scalar|simd| ...} and {@code -Doctnet.threads=N}, by {@link #use}, or for one
 * computation by {@link #with}.
 */
public final class Backend {
  private static final System.Logger LOG = System.getLogger("io.octnet.compute");
  private static final ScopedValue<Compute> SCOPED = ScopedValue.newInstance();
  private static volatile Compute chosen;

  private Backend() {}

  /** The back-end of the calling thread. */
  public static Compute compute() {
    return SCOPED.isBound() ? SCOPED.get() : process();
  }

  /** Runs a computation on another back-end; for tests and comparisons. */
  public static <T> T with(Compute compute, Callable<T> computation) throws Exception {
    return ScopedValue.where(SCOPED, compute).call(computation::call);
  }

  /** All back-ends known here, best first, those that cannot run included. */
  public static List<ComputeProvider> providers() {
    return ServiceLoader.load(ComputeProvider.class).stream()
        .map(ServiceLoader.Provider::get)
        .sorted(
            Comparator.comparingInt(ComputeProvider::priority)
                .reversed()
                .thenComparing(ComputeProvider::name))
        .toList();
  }

  /**
   * A new back-end by name.
   *
   * @throws IllegalArgumentException if there is none of that name
   * @throws DeviceException if it cannot run here
   */
  public static Compute create(String name, int threads) {
    List<ComputeProvider> all = providers();
    ComputeProvider provider =
        all.stream()
            .filter(p -> p.name().equals(name))
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        Text.format(
                            "unknown back-end '%s'; known are %s",
                            name, all.stream().map(ComputeProvider::name).toList())));
    if (provider.unavailableBecause() != null) {
      throw new DeviceException(
          Text.format(
              "the back-end '%s' cannot run here: %s", name, provider.unavailableBecause()));
    }
    return provider.create(threads);
  }

  /** Makes this the back-end of the process, and closes the one before. */
  public static synchronized void use(Compute compute) {
    Compute before = chosen;
    chosen = compute;
    LOG.log(Level.INFO, compute.description());
    if (before != null && before != compute) {
      before.close();
    }
  }

  private static Compute process() {
    Compute compute = chosen;
    if (compute == null) {
      synchronized (Backend.class) {
        if (chosen == null) {
          use(create(System.getProperty("octnet.backend", best()), defaultThreads()));
        }
        compute = chosen;
      }
    }
    return compute;
  }

  /** The name of the one that is used when none is asked for. */
  public static String best() {
    return providers().stream()
        .filter(p -> p.priority() >= 0 && p.unavailableBecause() == null)
        .map(ComputeProvider::name)
        .findFirst()
        .orElse("scalar");
  }

  /** {@code -Doctnet.threads}, else one a core. */
  public static int defaultThreads() {
    int threads = Integer.getInteger("octnet.threads", Runtime.getRuntime().availableProcessors());
    if (threads < 1) {
      throw new IllegalArgumentException("octnet.threads must be at least 1, received " + threads);
    }
    return threads;
  }
}
