package io.octnet.compute.simd.channels;

import io.octnet.compute.simd.kernel.Width;

/**
 * Per-channel values repeated until they fill whole vectors, so that (rows, C) is one flat array
 * for any C: the pattern repeats every {@code period} elements, a multiple of both C and the
 * vector's lanes.
 */
public record Tiling(int channels, int period) {
  /** Elements of a task: enough to be worth one, few enough to share. */
  private static final int TASK = 1 << 16;

  static Tiling of(int channels) {
    int lanes = Width.LANES;
    int a = channels;
    int b = lanes;
    while (b != 0) {
      int rest = a % b;
      a = b;
      b = rest;
    }
    return new Tiling(channels, channels / a * lanes);
  }

  float[] tile(float[] perChannel) {
    float[] tiled = new float[period];
    for (int i = 0; i < period; i++) {
      tiled[i] = perChannel[i % channels];
    }
    return tiled;
  }

  /** Elements per task: a multiple of the period. */
  int step() {
    return Math.max(1, TASK / period) * period;
  }

  int tasks(int size) {
    return (size + step() - 1) / step();
  }
}
