package io.octnet.random;

import java.util.Arrays;

/**
 * A seeded stream of random numbers whose state can be saved and restored: xoshiro256++ (Blackman
 * and Vigna, 2018), seeded by SplitMix64.
 *
 * <p>Streams of different names from one seed are independent, so that drawing more of one
 * (dropout) does not change another (shuffling). {@link #uniform} is the counter-based variant: a
 * number for an index, in any order, on any thread.
 */
public final class RandomStream {
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;
  private static final float FLOAT_UNIT = 0x1p-24f;

  private final long[] state;

  private RandomStream(long[] state) {
    this.state = state;
  }

  /** The stream of this seed. */
  public static RandomStream of(long seed) {
    long[] state = new long[4];
    for (int i = 0; i < 4; i++) {
      state[i] = mix(seed + (i + 1) * GOLDEN_GAMMA);
    }
    return new RandomStream(state);
  }

  /** The stream for one purpose, e.g. {@code of(seed, "shuffle", epoch)}. */
  public static RandomStream of(long seed, String purpose, long number) {
    return of(derive(seed, purpose, number));
  }

  /** A seed for one purpose. */
  public static long derive(long seed, String purpose, long number) {
    long hash = mix(seed + GOLDEN_GAMMA);
    for (int i = 0; i < purpose.length(); i++) {
      hash = mix(hash ^ purpose.charAt(i) * GOLDEN_GAMMA);
    }
    return mix(hash + (number + 1) * GOLDEN_GAMMA);
  }

  /** Continues where {@link #state()} was taken. */
  public static RandomStream restore(long[] state) {
    if (state.length != 4 || (state[0] | state[1] | state[2] | state[3]) == 0) {
      throw new IllegalArgumentException(
          "a random stream's state is four numbers, not all zero; received "
              + Arrays.toString(state));
    }
    return new RandomStream(state.clone());
  }

  /** A copy of the state. */
  public long[] state() {
    return state.clone();
  }

  /** 64 random bits. */
  public long nextLong() {
    long result = Long.rotateLeft(state[0] + state[3], 23) + state[0];
    long t = state[1] << 17;
    state[2] ^= state[0];
    state[3] ^= state[1];
    state[1] ^= state[2];
    state[0] ^= state[3];
    state[2] ^= t;
    state[3] = Long.rotateLeft(state[3], 45);
    return result;
  }

  /** Uniform in {@code [0, bound)}, without bias. */
  public int nextInt(int bound) {
    if (bound <= 0) {
      throw new IllegalArgumentException("bound must be positive, received " + bound);
    }
    long limit = (1L << 32) - (1L << 32) % bound;
    long bits;
    do {
      bits = nextLong() >>> 32;
    } while (bits >= limit);
    return (int) (bits % bound);
  }

  /** Uniform in {@code [0, 1)}, a multiple of 2^-24. */
  public float nextFloat() {
    return (nextLong() >>> 40) * FLOAT_UNIT;
  }

  /** Uniform in {@code [0, 1)}, a multiple of 2^-53. */
  public double nextDouble() {
    return (nextLong() >>> 11) * 0x1p-53;
  }

  /**
   * Normal with mean 0 and variance 1 (Box and Muller; the second value of each pair is dropped, so
   * no hidden state).
   */
  public double nextGaussian() {
    double u = 1 - nextDouble();
    return Math.sqrt(-2 * StrictMath.log(u)) * StrictMath.cos(2 * Math.PI * nextDouble());
  }

  /** A random permutation of {@code 0..n-1} (Fisher and Yates). */
  public int[] permutation(int n) {
    int[] order = new int[n];
    for (int i = 0; i < n; i++) {
      order[i] = i;
    }
    for (int i = n - 1; i > 0; i--) {
      int j = nextInt(i + 1);
      int swap = order[i];
      order[i] = order[j];
      order[j] = swap;
    }
    return order;
  }

  /**
   * Uniform in {@code [0, 1)}: a function of seed and index alone (SplitMix64's output at that
   * position).
   */
  public static float uniform(long seed, long index) {
    return (mix(seed + (index + 1) * GOLDEN_GAMMA) >>> 40) * FLOAT_UNIT;
  }

  /** SplitMix64's finalizer (Stafford's variant 13). */
  private static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
