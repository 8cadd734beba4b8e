package io.octnet.synthetic;

import io.octnet.random.RandomStream;

/** A smooth random curve, a sum of sines, within about -1 and 1. */
final class Wave {
  private static final int SINES = 4;

  private final double[] frequency = new double[SINES];
  private final double[] phase = new double[SINES];

  /** A curve whose fastest sine swings {@code frequency} times in a unit of x. */
  Wave(double frequency, RandomStream random) {
    for (int k = 0; k < SINES; k++) {
      this.frequency[k] = frequency * 2 * Math.PI * (0.3 + 0.7 * random.nextDouble());
      phase[k] = 2 * Math.PI * random.nextDouble();
    }
  }

  double at(double x) {
    double sum = 0;
    for (int k = 0; k < SINES; k++) {
      sum += StrictMath.sin(frequency[k] * x + phase[k]);
    }
    return sum / SINES * 1.4;
  }
}
