package io.octnet.catalogue;

import io.octnet.random.RandomStream;
import java.util.Comparator;
import java.util.function.Function;

/**
 * A number that depends on a seed and a name alone: what it decides about one file or patient stays
 * when others come or go.
 */
public final class KeyedHash {
  private KeyedHash() {}

  /** Uniform in {@code [0, 1)}. */
  public static double uniform(long seed, String purpose, String name) {
    return (hash(seed, purpose, name) >>> 11) * 0x1p-53;
  }

  /** A random order, the same for the same names; equal hashes are ordered by name. */
  public static <T> Comparator<T> order(long seed, String purpose, Function<T, String> name) {
    return Comparator.<T>comparingDouble(item -> uniform(seed, purpose, name.apply(item)))
        .thenComparing(name);
  }

  private static long hash(long seed, String purpose, String name) {
    return RandomStream.derive(seed, purpose + "/" + name, 0);
  }
}
