package io.octnet.compute.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The one-dimensional transforms of Winograd's algorithm with six points 0, 1, -1, 1/2, -2 and
 * infinity (Toom and Cook's matrices; these points have a third less error than the usual 0, +-1,
 * +-2). Each is a matrix times a column of vectors, written out flat, so that all of it stays in
 * registers.
 *
 * <p>All have one shape: item t of {@code count} reads rows {@code a[aAt + t * aItem + row * aRow +
 * channel]} and writes rows {@code b[bAt + t * bItem + row * bRow + channel]}, for {@code channels}
 * channels, a multiple of the lanes.
 */
final class WinogradTransforms {
  private static final VectorSpecies<Float> S = Width.SPECIES;
  private static final int L = S.length();

  private WinogradTransforms() {}

  private static FloatVector load(float[] a, int at) {
    return FloatVector.fromArray(S, a, at);
  }

  /** B^T: 6 values of the input to 6 points. */
  static void input(
      float[] a,
      int aAt,
      int aRow,
      int aItem,
      float[] b,
      int bAt,
      int bRow,
      int bItem,
      int count,
      int channels) {
    for (int t = 0; t < count; t++, aAt += aItem, bAt += bItem) {
      for (int h = 0; h < channels; h += L) {
        int from = aAt + h;
        int to = bAt + h;
        FloatVector x0 = load(a, from);
        FloatVector x1 = load(a, from + aRow);
        FloatVector x2 = load(a, from + 2 * aRow);
        FloatVector x3 = load(a, from + 3 * aRow);
        FloatVector x4 = load(a, from + 4 * aRow);
        FloatVector x5 = load(a, from + 5 * aRow);
        FloatVector half = FloatVector.broadcast(S, 0.5f);
        FloatVector oneAndHalf = FloatVector.broadcast(S, 1.5f);
        FloatVector two = FloatVector.broadcast(S, 2f);
        FloatVector twoAndHalf = FloatVector.broadcast(S, 2.5f);
        FloatVector even = x4.sub(x2);
        // (1, -3/2, -2, 3/2, 1, 0)
        x3.sub(x1).fma(oneAndHalf, x0.add(x4)).sub(x2.mul(two)).intoArray(b, to);
        // (0, -1, 1/2, 5/2, 1, 0)
        x3.fma(twoAndHalf, x2.fma(half, x4.sub(x1))).intoArray(b, to + bRow);
        // (0, 1, -5/2, 1/2, 1, 0)
        x3.fma(half, x1.add(x4)).sub(x2.mul(twoAndHalf)).intoArray(b, to + 2 * bRow);
        // (0, -2, -1, 2, 1, 0)
        x3.sub(x1).fma(two, even).intoArray(b, to + 3 * bRow);
        // (0, 1/2, -1, -1/2, 1, 0)
        x1.sub(x3).fma(half, even).intoArray(b, to + 4 * bRow);
        // (0, 1, -3/2, -2, 3/2, 1)
        even.fma(oneAndHalf, x1.add(x5)).sub(x3.mul(two)).intoArray(b, to + 5 * bRow);
      }
    }
  }

  /** G: 3 values of a kernel to 6 points. */
  static void kernel(
      float[] a,
      int aAt,
      int aRow,
      int aItem,
      float[] b,
      int bAt,
      int bRow,
      int bItem,
      int count,
      int channels) {
    for (int t = 0; t < count; t++, aAt += aItem, bAt += bItem) {
      for (int h = 0; h < channels; h += L) {
        FloatVector x0 = load(a, aAt + h);
        FloatVector x1 = load(a, aAt + h + aRow);
        FloatVector x2 = load(a, aAt + h + 2 * aRow);
        int to = bAt + h;
        FloatVector even = x0.add(x2).mul(1 / 3f);
        FloatVector odd = x1.mul(1 / 3f);
        x0.intoArray(b, to);
        even.add(odd).intoArray(b, to + bRow);
        odd.sub(even).intoArray(b, to + 2 * bRow);
        x0.add(x1.mul(0.5f)).add(x2.mul(0.25f)).mul(-16 / 15f).intoArray(b, to + 3 * bRow);
        x0.sub(x1.mul(2)).add(x2.mul(4)).mul(1 / 15f).intoArray(b, to + 4 * bRow);
        x2.intoArray(b, to + 5 * bRow);
      }
    }
  }

  /** G for the gradient as kernel: 4 values to 6 points. */
  static void gradient(
      float[] a,
      int aAt,
      int aRow,
      int aItem,
      float[] b,
      int bAt,
      int bRow,
      int bItem,
      int count,
      int channels) {
    for (int t = 0; t < count; t++, aAt += aItem, bAt += bItem) {
      for (int h = 0; h < channels; h += L) {
        FloatVector x0 = load(a, aAt + h);
        FloatVector x1 = load(a, aAt + h + aRow);
        FloatVector x2 = load(a, aAt + h + 2 * aRow);
        FloatVector x3 = load(a, aAt + h + 3 * aRow);
        int to = bAt + h;
        FloatVector even = x0.add(x2).mul(1 / 3f);
        FloatVector odd = x1.add(x3).mul(1 / 3f);
        x0.intoArray(b, to);
        even.add(odd).intoArray(b, to + bRow);
        odd.sub(even).intoArray(b, to + 2 * bRow);
        x0.add(x1.mul(0.5f))
            .add(x2.mul(0.25f))
            .add(x3.mul(0.125f))
            .mul(-16 / 15f)
            .intoArray(b, to + 3 * bRow);
        x0.sub(x1.mul(2)).add(x2.mul(4)).sub(x3.mul(8)).mul(1 / 15f).intoArray(b, to + 4 * bRow);
        x3.intoArray(b, to + 5 * bRow);
      }
    }
  }

  /** A^T: 6 points to 4 values of the output. */
  static void output(
      float[] a,
      int aAt,
      int aRow,
      int aItem,
      float[] b,
      int bAt,
      int bRow,
      int bItem,
      int count,
      int channels) {
    for (int t = 0; t < count; t++, aAt += aItem, bAt += bItem) {
      for (int h = 0; h < channels; h += L) {
        int from = aAt + h;
        FloatVector x1 = load(a, from + aRow);
        FloatVector x2 = load(a, from + 2 * aRow);
        FloatVector x3 = load(a, from + 3 * aRow);
        FloatVector x4 = load(a, from + 4 * aRow);
        FloatVector sum = x1.add(x2);
        FloatVector difference = x1.sub(x2);
        int to = bAt + h;
        load(a, from).add(sum).add(x3).add(x4).intoArray(b, to);
        x3.mul(0.5f).add(difference).sub(x4.mul(2)).intoArray(b, to + bRow);
        x3.mul(0.25f).add(sum).add(x4.mul(4)).intoArray(b, to + 2 * bRow);
        x3.mul(0.125f)
            .add(difference)
            .sub(x4.mul(8))
            .add(load(a, from + 5 * aRow))
            .intoArray(b, to + 3 * bRow);
      }
    }
  }

  /**
   * {@link #output} into y, with bias and lower bound; only the first {@code rows} of the 4 exist.
   */
  static void outputStore(
      float[] a,
      int aAt,
      int aRow,
      int aItem,
      float[] b,
      int bAt,
      int bRow,
      int bItem,
      int count,
      int channels,
      int rows,
      float[] bias,
      int biasAt,
      float least) {
    FloatVector floor = FloatVector.broadcast(S, least);
    for (int t = 0; t < count; t++, aAt += aItem, bAt += bItem) {
      for (int h = 0; h < channels; h += L) {
        int from = aAt + h;
        FloatVector x1 = load(a, from + aRow);
        FloatVector x2 = load(a, from + 2 * aRow);
        FloatVector x3 = load(a, from + 3 * aRow);
        FloatVector x4 = load(a, from + 4 * aRow);
        FloatVector add = load(bias, biasAt + h);
        FloatVector sum = x1.add(x2).add(add);
        FloatVector difference = x1.sub(x2).add(add);
        int to = bAt + h;
        load(a, from).add(sum).add(x3).add(x4).max(floor).intoArray(b, to);
        if (rows > 1) {
          x3.mul(0.5f).add(difference).sub(x4.mul(2)).max(floor).intoArray(b, to + bRow);
        }
        if (rows > 2) {
          x3.mul(0.25f).add(sum).add(x4.mul(4)).max(floor).intoArray(b, to + 2 * bRow);
        }
        if (rows > 3) {
          x3.mul(0.125f)
              .add(difference)
              .sub(x4.mul(8))
              .add(load(a, from + 5 * aRow))
              .max(floor)
              .intoArray(b, to + 3 * bRow);
        }
      }
    }
  }

  /** A^T: 6 points to 3 values of the kernel's gradient. */
  static void kernelGradient(
      float[] a,
      int aAt,
      int aRow,
      int aItem,
      float[] b,
      int bAt,
      int bRow,
      int bItem,
      int count,
      int channels) {
    for (int t = 0; t < count; t++, aAt += aItem, bAt += bItem) {
      for (int h = 0; h < channels; h += L) {
        int from = aAt + h;
        FloatVector x1 = load(a, from + aRow);
        FloatVector x2 = load(a, from + 2 * aRow);
        FloatVector x3 = load(a, from + 3 * aRow);
        FloatVector x4 = load(a, from + 4 * aRow);
        FloatVector sum = x1.add(x2);
        int to = bAt + h;
        load(a, from).add(sum).add(x3).add(x4).intoArray(b, to);
        x3.mul(0.5f).add(x1.sub(x2)).sub(x4.mul(2)).intoArray(b, to + bRow);
        x3.mul(0.25f)
            .add(sum)
            .add(x4.mul(4))
            .add(load(a, from + 5 * aRow))
            .intoArray(b, to + 2 * bRow);
      }
    }
  }
}
