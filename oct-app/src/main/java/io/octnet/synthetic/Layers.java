package io.octnet.synthetic;

import io.octnet.random.RandomStream;

/**
 * Where the layers of one scan lie: {@code top[layer][column]} is the upper edge of a layer, in
 * pixels from the top of the picture; it ends where the next one begins.
 */
final class Layers {
  static final int NERVE_FIBRES = 0;
  static final int GANGLION = 1;
  static final int INNER_NUCLEAR = 2;
  static final int OUTER_PLEXIFORM = 3;
  static final int OUTER_NUCLEAR = 4;

  /** External limiting membrane, a thin line. */
  static final int LIMITING = 5;

  static final int INNER_SEGMENTS = 6;

  /** A bright line within the photoreceptors. */
  static final int ELLIPSOID = 7;

  static final int OUTER_SEGMENTS = 8;

  /** Fluid below the retina; of no height in a normal eye. */
  static final int FLUID = 9;

  /** Tissue of new vessels; of no height in a normal eye. */
  static final int MEMBRANE = 10;

  /** Retinal pigment epithelium, the brightest band. */
  static final int PIGMENT = 11;

  /** What lifts the pigment epithelium; of no height in a normal eye. */
  static final int DEPOSIT = 12;

  static final int CHOROID = 13;
  static final int SCLERA = 14;
  static final int COUNT = 15;

  final double[][] top;

  /** Position of each column in half widths of a scan. */
  final double[] x;

  Layers(int width, int height, Anatomy eye, Lesions lesions, Pose pose, RandomStream random) {
    top = new double[COUNT][width];
    x = new double[width];
    Wave wobble = new Wave(0.8, random);
    Wave[] edges = new Wave[4];
    for (int k = 0; k < edges.length; k++) {
      edges[k] = new Wave(1.3, random);
    }
    Wave rough = new Wave(6, random);
    double halfWidth = height * Painter.ASPECT / 2;
    for (int c = 0; c < width; c++) {
      x[c] = (c - (width - 1) / 2.0) / halfWidth;
      double[] column = column(x[c], eye, lesions, pose, wobble.at(x[c]), rough.at(x[c]));
      for (int k = 0; k < edges.length; k++) {
        column[GANGLION + k] += 0.003 * edges[k].at(x[c]) * pitFactor(x[c], eye, pose);
      }
      for (int k = 0; k < COUNT; k++) {
        top[k][c] = column[k] * height;
      }
    }
  }

  /**
   * How one scan was taken.
   *
   * @param depth where the choroid begins in the middle, in heights
   * @param tilt in heights over half a width
   * @param pit how deep the pit is where this scan cuts it, 0 (beside the fovea) to 1
   */
  record Pose(double depth, double tilt, double pit) {}

  private static double pitFactor(double x, Anatomy eye, Pose pose) {
    double t = (x - eye.fovea()) / eye.pitWidth();
    return 1 - eye.pitDepth() * pose.pit * StrictMath.exp(-t * t);
  }

  /** The upper edges at x in heights, built from the choroid up. */
  private static double[] column(
      double x, Anatomy eye, Lesions lesions, Pose pose, double wobble, double rough) {
    double[] b = new double[COUNT];
    double drusen = Bump.max(lesions.drusen(), x);
    double detachment = Bump.max(lesions.detachments(), x) * (1 + 0.12 * rough);
    double membrane = Bump.max(lesions.membranes(), x) * (1 + 0.35 * rough);
    double fluid = Bump.max(lesions.fluid(), x);
    b[CHOROID] = pose.depth + pose.tilt * x + eye.curvature() * x * x + 0.004 * wobble;
    b[SCLERA] = b[CHOROID] + eye.choroid() * (1 + 0.15 * wobble);
    b[DEPOSIT] = b[CHOROID] - drusen - detachment;
    b[PIGMENT] = b[DEPOSIT] - 0.017;
    b[MEMBRANE] = b[PIGMENT] - Math.max(0, membrane);
    b[FLUID] = b[MEMBRANE] - fluid;
    // drusen press the photoreceptors together, a membrane has eaten some; in the fovea they are
    // longer
    double pit = pitFactor(x, eye, pose);
    double swelling = Bump.sum(lesions.swelling(), x);
    double pressed = 1 - 0.35 * Math.min(1, (drusen + Math.max(0, membrane)) / 0.04);
    double outer = eye.outer() * pressed * (1 + 0.25 * (1 - pit));
    b[OUTER_SEGMENTS] = b[FLUID] - 0.12 * outer;
    b[ELLIPSOID] = b[OUTER_SEGMENTS] - 0.16 * outer;
    b[INNER_SEGMENTS] = b[ELLIPSOID] - 0.1 * outer;
    b[LIMITING] = b[INNER_SEGMENTS] - 0.07 * outer;
    b[OUTER_NUCLEAR] = b[LIMITING] - 0.55 * outer * (1 + 0.5 * swelling);
    double filled = Math.min(1.1, pit + 0.8 * swelling);
    double stretched = 1 - 0.4 * Math.min(1, (drusen + detachment + fluid) / 0.12);
    double full = eye.inner() * (1 + 0.12 * hill(x, eye)) * (1 + 0.55 * swelling);
    double inner = full * filled * stretched;
    double nerve = 0.14 + 0.09 * StrictMath.tanh(2 * eye.nasal() * (x - eye.fovea()));
    b[OUTER_PLEXIFORM] = b[OUTER_NUCLEAR] - 0.12 * inner;
    b[INNER_NUCLEAR] = b[OUTER_PLEXIFORM] - 0.24 * inner;
    b[GANGLION] = b[INNER_NUCLEAR] - (0.64 - nerve) * inner;
    b[NERVE_FIBRES] = b[GANGLION] - nerve * inner;
    return b;
  }

  /** The rim of the pit is the thickest part of the retina. */
  private static double hill(double x, Anatomy eye) {
    double t = (Math.abs(x - eye.fovea()) - 2.2 * eye.pitWidth()) / 0.3;
    return StrictMath.exp(-t * t);
  }
}
