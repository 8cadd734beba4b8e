package io.octnet.synthetic;

import java.util.List;

/**
 * A rounded elevation: {@code height * exp(-((x - centre) / width)^2)}, flatter on top for a larger
 * {@code power}.
 *
 * @param centre in half widths of a scan, 0 in the middle
 * @param width in half widths of a scan
 * @param height in heights of a scan
 * @param power 2 for a bell, 4 for a plateau
 */
record Bump(double centre, double width, double height, int power) {
  double at(double x) {
    double t = Math.abs(x - centre) / width;
    double p = power == 2 ? t * t : t * t * t * t;
    return p > 12 ? 0 : height * StrictMath.exp(-p);
  }

  /** How much of the height is reached at x, 0 to 1. */
  double share(double x) {
    return height == 0 ? 0 : at(x) / height;
  }

  static double sum(List<Bump> bumps, double x) {
    double sum = 0;
    for (Bump bump : bumps) {
      sum += bump.at(x);
    }
    return sum;
  }

  static double max(List<Bump> bumps, double x) {
    double max = 0;
    for (Bump bump : bumps) {
      max = Math.max(max, bump.at(x));
    }
    return max;
  }

  Bump scaled(double factor, double shift) {
    return new Bump(centre + shift, width, height * factor, power);
  }
}
