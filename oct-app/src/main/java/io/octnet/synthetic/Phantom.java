package io.octnet.synthetic;

import static io.octnet.synthetic.Anatomy.between;

import io.octnet.images.Raster8;
import io.octnet.random.RandomStream;

/**
 * The eye of one invented patient, of which any number of scans can be taken. They share anatomy
 * and lesions; each has a position, a tilt and speckle of its own.
 *
 * @param severity of the finding, 0 (just to be seen) to 1
 */
public record Phantom(Finding finding, int patient, double severity, long seed) {
  /** Milder ones are hard to see at 64 pixels. */
  private static final double MILDEST = 0.3;

  /** Draws an eye: the severity varies from patient to patient. */
  public static Phantom of(Finding finding, int patient, long seed) {
    long own = RandomStream.derive(seed, "phantom", patient);
    double severity = between(RandomStream.of(own, "severity", 0), MILDEST, 1);
    return new Phantom(finding, patient, severity, own);
  }

  /**
   * Scan number n of this eye.
   *
   * @param height in pixels; the width is that of a 512 x 496 or, for some eyes, a 768 x 496 scan
   */
  public Raster8 scan(int n, int height) {
    Anatomy eye = Anatomy.draw(RandomStream.of(seed, "anatomy", 0));
    Lesions all = Lesions.draw(finding, severity, eye.fovea(), RandomStream.of(seed, "lesions", 0));
    RandomStream random = RandomStream.of(seed, "scan", n);
    int width = (int) Math.round(height * (eye.wide() ? 768 : 512) / 496.0);
    Layers.Pose pose =
        new Layers.Pose(
            between(random, 0.48, 0.66), between(random, -0.06, 0.06), between(random, 0.35, 1));
    Lesions lesions = all.cut(random);
    Layers layers = new Layers(width, height, eye, lesions, pose, random);
    return new Painter(width, height, eye, layers, random).paint(lesions);
  }
}
