package io.octnet.ops;

/** The standard normal distribution, in double. */
final class Normal {
  /** Beyond this |x| the distribution is 0 or 1 in double. */
  private static final double FAR = 40;

  private static final double DENSITY_AT_0 = 1 / Math.sqrt(2 * Math.PI);

  private Normal() {}

  static double density(double x) {
    return DENSITY_AT_0 * Math.exp(-x * x / 2);
  }

  /**
   * {@code Phi(x) = 1/2 + density(x) * (x + x^3 / 3 + x^5 / (3 * 5) + ...)}, all terms of one sign;
   * far out the rounding of the sum weighs, and the continued fraction of the tail serves: {@code 1
   * - Phi(x) = density(x) / (x + 1 / (x + 2 / (x + 3 / ...)))}. Abramowitz and Stegun, 26.2.
   */
  static double distribution(double x) {
    if (Double.isNaN(x)) {
      return x;
    }
    double distance = Math.abs(x);
    if (distance > FAR) {
      return x < 0 ? 0 : 1;
    }
    if (distance > 3) {
      double tail = distance;
      for (int k = 60; k > 0; k--) {
        tail = distance + k / tail;
      }
      double beyond = density(x) / tail;
      return x < 0 ? beyond : 1 - beyond;
    }
    double term = x;
    double sum = x;
    for (int k = 3; Math.abs(term) > 1e-17 * Math.abs(sum); k += 2) {
      term *= x * x / k;
      sum += term;
    }
    return 0.5 + density(x) * sum;
  }
}
