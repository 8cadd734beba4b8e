package io.octnet.synthetic;

import io.octnet.images.Raster8;
import io.octnet.random.RandomStream;

/** Paints a scan from its layers: reflectivity, lesions, shadows, speckle. */
final class Painter {
  /** Reflectivity of each layer, in gray values of 0 to 1 as displayed. */
  private static final float[] GRAY = new float[Layers.COUNT];

  static {
    GRAY[Layers.NERVE_FIBRES] = 0.56f;
    GRAY[Layers.GANGLION] = 0.40f;
    GRAY[Layers.INNER_NUCLEAR] = 0.26f;
    GRAY[Layers.OUTER_PLEXIFORM] = 0.40f;
    GRAY[Layers.OUTER_NUCLEAR] = 0.20f;
    GRAY[Layers.LIMITING] = 0.34f;
    GRAY[Layers.INNER_SEGMENTS] = 0.26f;
    GRAY[Layers.ELLIPSOID] = 0.72f;
    GRAY[Layers.OUTER_SEGMENTS] = 0.42f;
    GRAY[Layers.FLUID] = 0.05f;
    GRAY[Layers.MEMBRANE] = 0.66f;
    GRAY[Layers.PIGMENT] = 0.86f;
    GRAY[Layers.DEPOSIT] = 0.46f;
    GRAY[Layers.CHOROID] = 0.42f;
    GRAY[Layers.SCLERA] = 0.23f;
  }

  /** Width by height of a normal scan. */
  static final double ASPECT = 512.0 / 496;

  private static final float VITREOUS = 0.05f;
  private static final float CYST = 0.05f;
  private static final float DEEP = 0.06f;

  private final int width;
  private final int height;
  private final Anatomy eye;
  private final Layers layers;
  private final RandomStream random;
  private final float[] gray; // (height, width)

  Painter(int width, int height, Anatomy eye, Layers layers, RandomStream random) {
    this.width = width;
    this.height = height;
    this.eye = eye;
    this.layers = layers;
    this.random = random;
    this.gray = new float[width * height];
  }

  Raster8 paint(Lesions lesions) {
    paintLayers();
    choroidVessels();
    for (Lesions.Spot cyst : lesions.cysts()) { // each within a wall of its own
      retinalEllipse(cyst, 1.25, GRAY[Layers.OUTER_PLEXIFORM]);
      retinalEllipse(cyst, 1, CYST);
    }
    for (Lesions.Spot exudate : lesions.exudates()) {
      retinalEllipse(exudate, 1, 0.92f);
      shadow(exudate.centre(), exudate.width() * 1.2, 0.45f, Layers.OUTER_NUCLEAR);
    }
    for (Bump membrane : lesions.membranes()) {
      shadow(membrane.centre(), membrane.width(), 0.4f, Layers.CHOROID);
    }
    for (int i = random.nextInt(4); i > 0; i--) { // vessels of the retina
      double half = width * 1.0 / height;
      double at = Anatomy.between(random, -half, half);
      if (Math.abs(at - eye.fovea()) > 2 * eye.pitWidth()) {
        shadow(at, Anatomy.between(random, 0.012, 0.03), 0.3f, Layers.GANGLION);
      }
    }
    byte[] bytes = speckled();
    if (eye.wedged()) {
      wedges(bytes);
    }
    return new Raster8(width, height, 1, bytes);
  }

  /** Column by column; a pixel cut by an edge gets its share of both layers. */
  private void paintLayers() {
    Wave[] uneven = new Wave[Layers.COUNT];
    for (int k = 0; k < uneven.length; k++) {
      uneven[k] = new Wave(k == Layers.MEMBRANE || k == Layers.DEPOSIT ? 9 : 1.5, random);
    }
    for (int c = 0; c < width; c++) {
      double surface = layers.top[0][c];
      fill(c, 0, surface, VITREOUS, VITREOUS);
      for (int k = 0; k < Layers.COUNT; k++) {
        float strength = k == Layers.MEMBRANE || k == Layers.DEPOSIT ? 0.3f : 0.1f;
        float tone = GRAY[k] * (1 + strength * (float) uneven[k].at(layers.x[c]));
        double top = layers.top[k][c];
        double bottom = k + 1 < Layers.COUNT ? layers.top[k + 1][c] : top + 0.5 * height;
        float end =
            switch (k) {
              case Layers.CHOROID -> 0.6f * tone;
              case Layers.SCLERA -> DEEP;
              default -> tone;
            };
        fill(c, top, bottom, tone, end);
      }
      fill(c, layers.top[Layers.SCLERA][c] + 0.5 * height, height, DEEP, DEEP);
    }
  }

  /** Adds a stretch of a column whose gray goes from {@code first} to {@code last}. */
  private void fill(int column, double from, double to, float first, float last) {
    int begin = Math.max(0, (int) Math.floor(from));
    int end = (int) Math.min(height, Math.ceil(to));
    for (int y = begin; y < end; y++) {
      double covered = Math.min(y + 1, to) - Math.max(y, from);
      double along = Math.clamp((y + 0.5 - from) / Math.max(1e-9, to - from), 0, 1);
      gray[y * width + column] += (float) (covered * (first + (last - first) * along));
    }
  }

  private void choroidVessels() {
    int count = (int) (26.0 * width / height);
    for (int i = 0; i < count; i++) {
      int c = random.nextInt(width);
      double thickness = layers.top[Layers.SCLERA][c] - layers.top[Layers.CHOROID][c];
      double y = layers.top[Layers.CHOROID][c] + thickness * Anatomy.between(random, 0.25, 1.0);
      double ry = height * Anatomy.between(random, 0.012, 0.03);
      ellipse(c, y, ry * Anatomy.between(random, 1, 2.2), ry, 0.14f, 0.5f, 0.7);
    }
  }

  private void retinalEllipse(Lesions.Spot spot, double scale, float tone) {
    int c = column(spot.centre());
    if (c < 0 || c >= width) {
      return;
    }
    double surface = layers.top[0][c];
    double floor = layers.top[Layers.LIMITING][c];
    double y = surface + spot.depth() * (floor - surface);
    double ry = Math.min(spot.height() * height, 0.4 * (floor - surface)) * scale;
    double rx = spot.width() * height * ASPECT / 2 * scale;
    ellipse(c, y, rx, ry, tone, 1, 0);
  }

  /** Blends an ellipse into the picture; its rim is soft over a pixel, or a share of the radius. */
  private void ellipse(
      double cx, double cy, double rx, double ry, float tone, float strength, double rim) {
    double soft = Math.max(rim, 1 / Math.max(0.7, Math.min(rx, ry)));
    for (int y = Math.max(0, (int) (cy - ry - 1)); y <= Math.min(height - 1, cy + ry + 1); y++) {
      for (int x = Math.max(0, (int) (cx - rx - 1)); x <= Math.min(width - 1, cx + rx + 1); x++) {
        double u = (x - cx) / rx;
        double v = (y + 0.5 - cy) / ry;
        double inside = Math.clamp(0.5 + (1 - Math.sqrt(u * u + v * v)) / soft, 0, 1);
        float share = (float) (strength * inside);
        int at = y * width + x;
        gray[at] += share * (tone - gray[at]);
      }
    }
  }

  /** Darkens what lies below a layer, around a column. */
  private void shadow(double centre, double halfWidth, float strength, int layer) {
    Bump profile = new Bump(centre, halfWidth, strength, 2);
    for (int c = 0; c < width; c++) {
      float dark = (float) profile.at(layers.x[c]);
      for (int y = Math.max(0, (int) layers.top[layer][c]); dark > 0.01f && y < height; y++) {
        gray[y * width + c] *= 1 - dark;
      }
    }
  }

  private int column(double x) {
    return (int) Math.round(x * height * ASPECT / 2 + (width - 1) / 2.0);
  }

  /** Log-compressed speckle: additive noise, a little correlated across, clipped at black. */
  private byte[] speckled() {
    double gain = Anatomy.between(random, 0.8, 1.1);
    Wave light = new Wave(0.5, random);
    byte[] bytes = new byte[gray.length];
    for (int y = 0; y < height; y++) {
      double before = gaussian();
      for (int x = 0; x < width; x++) {
        double fresh = gaussian();
        double speckle = eye.noise() * (0.85 * fresh + 0.5 * before);
        before = fresh;
        double value = gray[y * width + x] * gain * (1 + 0.08 * light.at(layers.x[x]));
        value += speckle * (0.9 + 0.4 * value);
        bytes[y * width + x] = (byte) Math.clamp((long) (255 * value + 0.5), 0, 255);
      }
    }
    return bytes;
  }

  /** Nearly normal, mean 0, variance 1: the sum of four uniform numbers out of one draw. */
  private double gaussian() {
    long bits = random.nextLong();
    long sum = (bits & 0xffff) + (bits >>> 16 & 0xffff) + (bits >>> 32 & 0xffff) + (bits >>> 48);
    return (sum / 65536.0 - 2) * Math.sqrt(3);
  }

  /** White where the turned scan left the picture empty: above, below, or both. */
  private void wedges(byte[] bytes) {
    double slope = Anatomy.between(random, -0.08, 0.08);
    double top = Anatomy.between(random, -0.05, 0.1) * height;
    double bottom = height * (1 - Anatomy.between(random, -0.05, 0.06));
    for (int x = 0; x < width; x++) {
      double lift = slope * (x - width / 2.0);
      for (int y = 0; y < height; y++) {
        if (y < top + lift || y > bottom + lift) {
          bytes[y * width + x] = (byte) 255;
        }
      }
    }
  }
}
