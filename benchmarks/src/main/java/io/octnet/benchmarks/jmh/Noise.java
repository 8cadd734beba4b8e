package io.octnet.benchmarks.jmh;

import io.octnet.random.RandomStream;

/** Numbers to compute on. */
final class Noise {
  private Noise() {}

  static float[] of(int n, long seed) {
    RandomStream random = RandomStream.of(seed);
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = random.nextFloat() - 0.5f;
    }
    return values;
  }
}
