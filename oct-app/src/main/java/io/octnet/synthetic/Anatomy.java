package io.octnet.synthetic;

import io.octnet.random.RandomStream;

/**
 * What the scans of one eye share. Lengths across are in half widths of a scan, depths in its
 * heights.
 *
 * @param inner thickness of the layers above the photoreceptors, beside the pit
 * @param outer thickness of the photoreceptor layers
 * @param pitWidth of the foveal pit
 * @param pitDepth share of the inner layers that is missing in its centre
 * @param fovea where the pit is
 * @param curvature of the eye's back wall
 * @param choroid thickness of the choroid
 * @param nasal +1 or -1, the side towards the optic disc, where nerve fibres are thicker
 * @param noise standard deviation of the speckle, in gray values of 0 to 1
 * @param wide whether this eye was scanned over 1.5 times the width
 * @param wedged whether its scans were turned, leaving white wedges
 */
record Anatomy(
    double inner,
    double outer,
    double pitWidth,
    double pitDepth,
    double fovea,
    double curvature,
    double choroid,
    int nasal,
    double noise,
    boolean wide,
    boolean wedged) {

  static Anatomy draw(RandomStream random) {
    return new Anatomy(
        between(random, 0.085, 0.125),
        between(random, 0.055, 0.072),
        between(random, 0.16, 0.26),
        between(random, 0.72, 0.95),
        between(random, -0.18, 0.18),
        between(random, -0.07, 0.03),
        between(random, 0.1, 0.22),
        random.nextInt(2) * 2 - 1,
        between(random, 0.055, 0.1),
        random.nextDouble() < 0.2,
        random.nextDouble() < 0.5);
  }

  static double between(RandomStream random, double low, double high) {
    return low + (high - low) * random.nextDouble();
  }
}
