package io.octnet.compute;

import io.octnet.text.Text;
import java.lang.System.Logger.Level;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Which {@link Compute} the ops use: chosen once, said in one log line, and forced by {@link
 * Settings#BACKEND} and {@link Settings#THREADS}, by {@link #use}, or for one computation by {@link
 * #with}. Safe for use by several threads.
 */
public final class Backend {
  private static final System.Logger LOG = System.getLogger("io.octnet.compute");
  private static final ScopedValue<Compute> SCOPED = ScopedValue.newInstance();
  private static final Map<Compute, Integer> leases = new IdentityHashMap<>();
  private static final Set<Compute> replaced = Collections.newSetFromMap(new IdentityHashMap<>());
  private static final Set<String> told = ConcurrentHashMap.newKeySet(); // who cannot run
  private static volatile Compute chosen;

  private Backend() {}

  /** The back-end of the calling thread. */
  public static Compute compute() {
    return SCOPED.isBound() ? SCOPED.get() : process();
  }

  /** Runs a computation on another back-end than the process's. */
  public static <T, X extends Throwable> T with(
      Compute compute, ScopedValue.CallableOp<? extends T, X> computation) throws X {
    return ScopedValue.where(SCOPED, compute).call(computation);
  }

  /**
   * A back-end that computes nothing, but takes the buffers that the one of the calling thread
   * would take, or the one that would be chosen; that one is not started.
   */
  public static Compute rehearsal() {
    Compute now = SCOPED.isBound() ? SCOPED.get() : chosen;
    return new RehearsalCompute(now != null ? now : create(wanted(), 1)); // one thread: no others
  }

  private static String wanted() {
    return Settings.backend() != null ? Settings.backend() : best();
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
   * @throws IllegalArgumentException if there is none of that name, or threads is below 1
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
    if (threads < 1) {
      throw new IllegalArgumentException(
          Text.format("the back-end '%s' needs at least 1 thread, received %d", name, threads));
    }
    return provider.create(threads);
  }

  /**
   * Makes this the back-end of the process, and closes the one before, once its last {@link Lease}
   * is closed.
   */
  public static void use(Compute compute) {
    Compute before;
    synchronized (Backend.class) {
      before = chosen;
      chosen = compute;
      replaced.remove(compute);
    }
    LOG.log(Level.INFO, compute.description());
    if (before != null && before != compute) {
      closeUnlessLeased(before);
    }
  }

  /**
   * Closes a back-end, once its last {@link Lease} is closed. If it was the process's, whoever
   * computes next chooses one anew.
   */
  public static void retire(Compute compute) {
    synchronized (Backend.class) {
      chosen = chosen == compute ? null : chosen;
    }
    closeUnlessLeased(compute);
  }

  private static void closeUnlessLeased(Compute compute) {
    synchronized (Backend.class) {
      if (leases.containsKey(compute)) {
        replaced.add(compute);
        return;
      }
    }
    compute.close();
  }

  /** The back-end of the calling thread, and the promise of {@link #use} not to close it. */
  public static Lease lease() {
    synchronized (Backend.class) {
      Compute compute = compute();
      leases.merge(compute, 1, Integer::sum);
      return new Lease(compute);
    }
  }

  private static void giveBack(Compute compute) {
    boolean last;
    synchronized (Backend.class) {
      last = leases.merge(compute, -1, (a, b) -> a + b == 0 ? null : a + b) == null;
      last = last && replaced.remove(compute);
    }
    if (last) {
      compute.close();
    }
  }

  /** Holds a back-end for one who computes on it for longer than a call. */
  public static final class Lease implements AutoCloseable {
    private final Compute compute;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Lease(Compute compute) {
      this.compute = compute;
    }

    /** The back-end. */
    public Compute compute() {
      return compute;
    }

    /** Gives it back; again does nothing. */
    @Override
    public void close() {
      if (closed.compareAndSet(false, true)) {
        giveBack(compute);
      }
    }
  }

  private static Compute process() {
    Compute compute = chosen;
    if (compute == null) {
      synchronized (Backend.class) {
        if (chosen == null) {
          use(create(wanted(), defaultThreads()));
        }
        compute = chosen;
      }
    }
    return compute;
  }

  /**
   * The name of the one that is used when none is asked for. What would be better but cannot run is
   * told once, with the reason.
   */
  public static String best() {
    for (ComputeProvider provider : providers()) {
      String reason = provider.priority() < 0 ? "" : provider.unavailableBecause();
      if (reason == null) {
        return provider.name();
      }
      if (!reason.isEmpty() && told.add(provider.name())) {
        LOG.log(
            Level.WARNING,
            "the back-end ''{0}'' cannot run here, a slower one computes: {1}",
            provider.name(),
            reason);
      }
    }
    return "scalar";
  }

  /** {@link Settings#THREADS}, else one a core. */
  public static int defaultThreads() {
    return Settings.threads();
  }
}
