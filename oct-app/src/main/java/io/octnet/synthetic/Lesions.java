package io.octnet.synthetic;

import static io.octnet.synthetic.Anatomy.between;

import io.octnet.random.RandomStream;
import java.util.ArrayList;
import java.util.List;

/**
 * What is wrong with an eye, all empty in a normal one.
 *
 * @param drusen bumps below the pigment epithelium, filled gray
 * @param detachments larger elevations of the pigment epithelium, filled unevenly
 * @param membranes bright tissue on the pigment epithelium
 * @param fluid dark spaces between retina and pigment epithelium
 * @param cysts dark holes within the retina
 * @param exudates bright dots within the retina
 * @param swelling thickening of the inner layers, relative to their thickness
 */
record Lesions(
    List<Bump> drusen,
    List<Bump> detachments,
    List<Bump> membranes,
    List<Bump> fluid,
    List<Spot> cysts,
    List<Spot> exudates,
    List<Bump> swelling) {

  /**
   * An ellipse within the retina.
   *
   * @param centre in half widths of a scan
   * @param depth 0 at the inner limiting membrane, 1 at the photoreceptors
   * @param width half its width, in half widths of a scan
   * @param height half its height, in heights of a scan
   */
  record Spot(double centre, double depth, double width, double height) {}

  private static final Lesions NONE =
      new Lesions(List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of());

  /**
   * Draws the lesions of an eye.
   *
   * @param severity 0 (just to be seen) to 1
   */
  static Lesions draw(Finding finding, double severity, double fovea, RandomStream random) {
    return switch (finding) {
      case NORMAL -> NONE;
      case DRUSEN -> drusen(severity, random);
      case CNV -> neovascular(severity, random);
      case DME -> edema(severity, fovea, random);
    };
  }

  private static Lesions drusen(double severity, RandomStream random) {
    List<Bump> bumps = new ArrayList<>();
    int count = 2 + random.nextInt(3 + (int) (5 * severity));
    double middle = between(random, -0.4, 0.4);
    for (int i = 0; i < count; i++) {
      double height = (0.014 + 0.03 * severity) * between(random, 0.6, 1.15);
      double width = height * between(random, 1.5, 3.2);
      bumps.add(new Bump(middle + between(random, -0.5, 0.5), width, height, 2));
    }
    return new Lesions(bumps, List.of(), List.of(), List.of(), List.of(), List.of(), List.of());
  }

  private static Lesions neovascular(double severity, RandomStream random) {
    double centre = between(random, -0.4, 0.4);
    double width = between(random, 0.16, 0.3) * (0.8 + 0.6 * severity);
    List<Bump> detachments = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      double height = (0.02 + 0.07 * severity) * between(random, 0.5, 1.1);
      double at = centre + between(random, -0.8, 0.8) * width;
      detachments.add(new Bump(at, width * between(random, 0.6, 1.2), height, 2));
    }
    List<Bump> membranes = new ArrayList<>();
    for (int i = 1 + random.nextInt(2); i > 0; i--) {
      double height = between(random, 0.014, 0.028) * (0.8 + 0.7 * severity);
      double at = centre + between(random, -0.8, 0.8) * width;
      membranes.add(new Bump(at, width * between(random, 0.6, 1.3), height, 2));
    }
    List<Bump> fluid = new ArrayList<>();
    for (int i = 1 + random.nextInt(2); i > 0; i--) {
      double height = (0.016 + 0.05 * severity) * between(random, 0.6, 1.2);
      double at = centre + between(random, -1.4, 1.4) * width;
      fluid.add(new Bump(at, width * between(random, 0.6, 1.2), height, 4));
    }
    List<Spot> cysts = new ArrayList<>();
    if (random.nextDouble() < 0.25) {
      cysts.add(cyst(centre, 0.2, severity * 0.5, random));
    }
    List<Bump> swelling = List.of(new Bump(centre, 2 * width, 0.1 + 0.25 * severity, 2));
    return new Lesions(List.of(), detachments, membranes, fluid, cysts, List.of(), swelling);
  }

  private static Lesions edema(double severity, double fovea, RandomStream random) {
    double centre = fovea + between(random, -0.2, 0.2);
    List<Spot> cysts = new ArrayList<>();
    int count = 2 + random.nextInt(4 + (int) (6 * severity));
    double spread = 0.14 + 0.24 * severity;
    for (int i = 0; i < count; i++) {
      cysts.add(cyst(centre, spread, severity, random));
    }
    List<Spot> exudates = new ArrayList<>();
    for (int i = random.nextInt(5); i > 0; i--) {
      double x = centre + between(random, -0.5, 0.5);
      double size = between(random, 0.008, 0.014);
      exudates.add(new Spot(x, between(random, 0.5, 0.9), size, size * 0.6));
    }
    Bump swelling =
        new Bump(
            centre,
            between(random, 0.3, 0.5),
            (0.25 + 0.9 * severity) * between(random, 0.8, 1.1),
            2);
    return new Lesions(
        List.of(), List.of(), List.of(), List.of(), cysts, exudates, List.of(swelling));
  }

  /** Small ones lie in the inner nuclear layer, large ones stand upright in the outer one. */
  private static Spot cyst(double centre, double spread, double severity, RandomStream random) {
    boolean large = random.nextDouble() < 0.3 + 0.5 * severity;
    double height = (0.012 + 0.032 * severity) * between(random, 0.6, 1.2) * (large ? 1.4 : 0.8);
    return new Spot(
        centre + between(random, -spread, spread),
        large ? between(random, 0.55, 0.75) : between(random, 0.38, 0.55),
        2 * height * (large ? between(random, 0.55, 1.1) : between(random, 0.9, 1.9)),
        height);
  }

  /** The same eye, cut elsewhere: everything a little smaller or larger, and moved. */
  Lesions cut(RandomStream random) {
    double shift = between(random, -0.06, 0.06);
    return new Lesions(
        cutBumps(drusen, shift, random),
        cutBumps(detachments, shift, random),
        cutBumps(membranes, shift, random),
        cutBumps(fluid, shift, random),
        cutSpots(cysts, shift, random),
        cutSpots(exudates, shift, random),
        cutBumps(swelling, shift, random));
  }

  private static List<Bump> cutBumps(List<Bump> bumps, double shift, RandomStream random) {
    return bumps.stream().map(b -> b.scaled(between(random, 0.65, 1.1), shift)).toList();
  }

  private static List<Spot> cutSpots(List<Spot> spots, double shift, RandomStream random) {
    return spots.stream()
        .map(
            s -> {
              double factor = between(random, 0.65, 1.1);
              return new Spot(
                  s.centre() + shift, s.depth(), s.width() * factor, s.height() * factor);
            })
        .toList();
  }
}
