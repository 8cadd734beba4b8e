package io.octnet.audit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Tells whether two thumbnails show one and the same scan. Two scans of one eye, even of the same
 * place, have the same layers but not the same speckle; a copy keeps its speckle when it is
 * compressed, brightened or scaled.
 *
 * <p>Compared is their {@link Speckle} in 4 x 4 tiles, each at its best shift. The similarity is
 * the median correlation of the tiles. Where it is unclear, the shifts of the tiles give the crop,
 * {@code position + offset + stretch * position} along each axis, which is undone before another
 * try.
 *
 * <p>Measured on 800 real scans: copies (JPEG quality 10 and more, up to 12 of 496 pixels cropped
 * from a side, brightness 0.6 to 1.3, scale 0.5 to 1.3) reach 0.54 to 1; other pairs at most 0.45,
 * two visits of one patient.
 */
final class SpeckleMatch {
  /** At or above it, two pictures are copies. */
  static final double COPY = 0.5;

  private static final int SIZE = Thumbnails.SIZE;
  private static final int TILE = 32;
  private static final int SHIFT = 4;

  /** Variance of a tile below which there is no speckle to compare. */
  private static final double TEXTURE = Math.pow(Speckle.SCALE / 10.0, 2);

  private static final int ENOUGH_TILES = 4;

  /** Below it no attempt at undoing a crop is worth its time. */
  private static final double HOPELESS = 0.15;

  private SpeckleMatch() {}

  /** A tile's best correlation, where the tile's middle lies, and at which shift it was found. */
  private record Tile(double correlation, double x, double y, int dx, int dy) {}

  /** Similarity of two thumbnails: at most 1, about 0.2 for different scans. */
  static double similarity(byte[] first, byte[] second) {
    Speckle reference = Speckle.of(first);
    List<Tile> tiles = match(reference, Speckle.of(second));
    double best = median(tiles);
    Crop crop = new Crop(0, 0, 0, 0);
    for (int attempt = 0; attempt < 2 && best >= HOPELESS && best < COPY; attempt++) {
      crop = crop.plus(Crop.fit(tiles));
      tiles = match(reference, Speckle.of(crop.undo(second)));
      best = Math.max(best, median(tiles));
    }
    return best;
  }

  /** The tiles of the reference that have texture, each where it fits best. */
  private static List<Tile> match(Speckle reference, Speckle other) {
    List<Tile> tiles = new ArrayList<>();
    for (int x = 0; x < SIZE; x += TILE) {
      matchColumn(reference, other, x, tiles);
    }
    return tiles;
  }

  /**
   * A column of tiles: in strips as wide as a tile, every shift up or down is one run of values.
   */
  private static void matchColumn(Speckle reference, Speckle other, int x, List<Tile> tiles) {
    int[] own = reference.strip(x, TILE);
    int first = Math.max(-SHIFT, -x);
    int[][] shifted = new int[Math.min(SHIFT, SIZE - TILE - x) - first + 1][];
    for (int i = 0; i < shifted.length; i++) {
      shifted[i] = other.strip(x + first + i, TILE);
    }
    double half = (SIZE - TILE) / 2.0;
    for (int y = 0; y < SIZE; y += TILE) {
      double variance = reference.variance(x, y, TILE);
      if (variance < TEXTURE) {
        continue;
      }
      Tile best = new Tile(-1, x - half, y - half, 0, 0);
      for (int dy = Math.max(-SHIFT, -y); dy <= Math.min(SHIFT, SIZE - TILE - y); dy++) {
        for (int i = 0; i < shifted.length; i++) {
          int product = product(own, y * TILE, shifted[i], (y + dy) * TILE);
          int dx = first + i;
          double correlation = correlation(reference, x, y, variance, other, dx, dy, product);
          if (correlation > best.correlation) {
            best = new Tile(correlation, best.x, best.y, dx, dy);
          }
        }
      }
      tiles.add(best);
    }
  }

  /** The sum of products over a tile; in whole numbers, because the JIT does those in lanes. */
  private static int product(int[] a, int aAt, int[] b, int bAt) {
    int sum = 0;
    for (int i = 0; i < TILE * TILE; i++) {
      sum += a[aAt + i] * b[bAt + i];
    }
    return sum;
  }

  /** Pearson's correlation of a tile with a shifted one, 0 where that has no texture. */
  private static double correlation(
      Speckle reference,
      int x,
      int y,
      double variance,
      Speckle other,
      int dx,
      int dy,
      int product) {
    double theirs = other.variance(x + dx, y + dy, TILE);
    if (theirs < TEXTURE) {
      return 0;
    }
    double n = TILE * TILE;
    double means = reference.sum(x, y, TILE) / n * (other.sum(x + dx, y + dy, TILE) / n);
    return (product / n - means) / Math.sqrt(variance * theirs);
  }

  private static double median(List<Tile> tiles) {
    if (tiles.size() < ENOUGH_TILES) {
      return 0;
    }
    return tiles.stream()
        .sorted(Comparator.comparingDouble(Tile::correlation))
        .skip(tiles.size() / 2)
        .findFirst()
        .orElseThrow()
        .correlation;
  }

  /**
   * How the second picture was cropped: where a pixel of the first, from the middle, lies in it.
   */
  private record Crop(double offsetX, double stretchX, double offsetY, double stretchY) {

    /** Least squares over the tiles; those that fit well count most. */
    static Crop fit(List<Tile> tiles) {
      double[] x = new double[5];
      double[] y = new double[5];
      for (Tile tile : tiles) {
        double weight = Math.pow(Math.max(0, tile.correlation), 4);
        add(x, weight, tile.x, tile.dx);
        add(y, weight, tile.y, tile.dy);
      }
      return new Crop(offset(x), stretch(x), offset(y), stretch(y));
    }

    private static void add(double[] sums, double weight, double position, double shift) {
      sums[0] += weight;
      sums[1] += weight * position;
      sums[2] += weight * position * position;
      sums[3] += weight * shift;
      sums[4] += weight * position * shift;
    }

    private static double stretch(double[] s) {
      return (s[0] * s[4] - s[1] * s[3]) / (s[0] * s[2] - s[1] * s[1] + 1e-9);
    }

    private static double offset(double[] s) {
      return s[0] == 0 ? 0 : (s[3] - stretch(s) * s[1]) / s[0];
    }

    Crop plus(Crop other) {
      return new Crop(
          offsetX + other.offsetX,
          stretchX + other.stretchX,
          offsetY + other.offsetY,
          stretchY + other.stretchY);
    }

    byte[] undo(byte[] picture) {
      int[] left = new int[SIZE];
      double[] right = new double[SIZE];
      for (int x = 0; x < SIZE; x++) {
        double u = Math.clamp(x + offsetX + stretchX * (x - SIZE / 2.0), 0, SIZE - 1.001);
        left[x] = (int) u;
        right[x] = u - left[x];
      }
      byte[] out = new byte[picture.length];
      for (int y = 0; y < SIZE; y++) {
        double v = Math.clamp(y + offsetY + stretchY * (y - SIZE / 2.0), 0, SIZE - 1.001);
        int upper = (int) v * SIZE;
        int lower = upper + SIZE;
        double down = v - (int) v;
        for (int x = 0; x < SIZE; x++) {
          double above = between(picture, upper + left[x], right[x]);
          double below = between(picture, lower + left[x], right[x]);
          out[y * SIZE + x] = (byte) (int) (above * (1 - down) + below * down + 0.5);
        }
      }
      return out;
    }

    private static double between(byte[] picture, int at, double share) {
      return (picture[at] & 0xff) * (1 - share) + (picture[at + 1] & 0xff) * share;
    }
  }
}
