package io.octnet.audit;

import io.octnet.compute.Backend;
import io.octnet.compute.Compute;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The few signatures most like each signature. All cosines are taken, block by block, as a product
 * of matrices: at some 10 to the 11th operations a second that is cheaper than any index up to
 * hundreds of thousands of pictures, and it misses nothing.
 */
final class Partners {
  /** Copies differ in at most this many of the 256 signs, with room to spare. */
  private static final int MAX_SIGNS = 64;

  private static final double MIN_COSINE = 0.88;
  private static final int MOST = 8;

  private static final int ROWS = 512;
  private static final int COLUMNS = 4096;

  /** What a cosine of the product may differ from the exact one. */
  private static final double ROUNDING = 1e-4;

  private final List<Signature> signatures;
  private final List<List<Partner>> best = new ArrayList<>();

  private Partners(List<Signature> signatures) {
    this.signatures = signatures;
    signatures.forEach(s -> best.add(new ArrayList<>(MOST + 1)));
  }

  /** A partner of a signature, as it is or mirrored left to right. */
  record Partner(int index, boolean mirrored, double cosine) {}

  /** The best partners of each, the nearest first, of equal ones the first. */
  static List<List<Partner>> of(List<Signature> signatures) {
    Partners partners = new Partners(signatures);
    Compute compute = Backend.compute();
    int columns = Math.min(COLUMNS, signatures.size());
    float[] rows = new float[2 * ROWS * Signature.LENGTH];
    float[] others = new float[columns * Signature.LENGTH];
    float[] cosines = new float[2 * ROWS * columns];
    for (int from = 0; from < signatures.size(); from += columns) {
      int first = from;
      int n = Math.min(columns, signatures.size() - from);
      compute.parallelFor(
          n, i -> signatures.get(first + i).copy(false, others, i * Signature.LENGTH));
      for (int row = 0; row < signatures.size(); row += ROWS) {
        int start = row;
        int m = Math.min(ROWS, signatures.size() - row);
        for (int i = 0; i < m; i++) {
          signatures.get(row + i).copy(false, rows, i * Signature.LENGTH);
          signatures.get(row + i).copy(true, rows, (m + i) * Signature.LENGTH);
        }
        compute.gemm(false, true, 2 * m, n, Signature.LENGTH, rows, 0, others, 0, 0, cosines, 0);
        compute.parallelFor(
            m, i -> partners.look(start + i, first, cosines, i * n, (m + i) * n, n));
      }
    }
    return partners.best;
  }

  /** Looks through a row of cosines, of the signature as it is and mirrored. */
  private void look(int i, int first, float[] cosines, int plainAt, int mirroredAt, int n) {
    List<Partner> own = best.get(i);
    for (int k = 0; k < n; k++) {
      double about = Math.max(cosines[plainAt + k], cosines[mirroredAt + k]) + ROUNDING;
      if (about >= MIN_COSINE && i != first + k && about >= worst(own)) {
        consider(i, first + k, own);
      }
    }
  }

  private static double worst(List<Partner> own) {
    return own.size() < MOST ? -1 : own.getLast().cosine;
  }

  private void consider(int i, int j, List<Partner> own) {
    double plain = cosine(i, j, false);
    double mirrored = cosine(i, j, true);
    double cosine = Math.max(plain, mirrored);
    if (cosine < MIN_COSINE || own.size() == MOST && cosine <= own.getLast().cosine) {
      return;
    }
    int place =
        IntStream.range(0, own.size())
            .filter(k -> own.get(k).cosine < cosine)
            .findFirst()
            .orElse(own.size());
    own.add(place, new Partner(j, mirrored > plain, cosine));
    if (own.size() > MOST) {
      own.removeLast();
    }
  }

  private double cosine(int i, int j, boolean mirror) {
    Signature a = signatures.get(i);
    Signature b = signatures.get(j);
    return a.signsDiffering(b, mirror) <= MAX_SIGNS ? a.cosine(b, mirror) : -1;
  }
}
