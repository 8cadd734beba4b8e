package io.octnet.compute.simd.winograd;

import io.octnet.compute.simd.kernel.Width;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The one-dimensional transforms of Winograd's algorithm with six points 0, 1, -1, 1/2, -2 and
 * infinity (Toom and Cook's matrices; these points have a third less error than the usual 0, +-1,
 * +-2). Each is a matrix times a column of vectors, written out flat, so that all of it stays in
 * registers: the matrix of the input stands here three times, since a vector that passes from a
 * method to another may be boxed.
 *
 * <p>Most have one shape: item t of {@code count} reads rows {@code a[aAt + t * aItem + row * aRow
 * + channel]} and writes rows {@code b[bAt + t * bItem + row * bRow + channel]}, for {@code
 * channels} channels, a multiple of the lanes. Those named after slabs have items of 16 channels,
 * which are neighbours on the side of the slabs.
 */
public final class WinogradTransforms {
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

  /**
   * {@link #input} of items of one slab's 16 channels, which are neighbours in b. One flat loop: an
   * inner one over two vectors costs as much as the arithmetic.
   */
  static void inputSlabs(
      float[] a, int aAt, int aRow, int aItem, float[] b, int bAt, int bRow, int count) {
    int b1 = bAt + bRow;
    int b2 = b1 + bRow;
    int b3 = b2 + bRow;
    int b4 = b3 + bRow;
    int b5 = b4 + bRow;
    for (int t = 0; t < count * Width.SLAB; t += L) {
      int from = aAt + (t >> 4) * aItem + (t & 15);
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
      x3.sub(x1).fma(oneAndHalf, x0.add(x4)).sub(x2.mul(two)).intoArray(b, bAt + t);
      // (0, -1, 1/2, 5/2, 1, 0)
      x3.fma(twoAndHalf, x2.fma(half, x4.sub(x1))).intoArray(b, b1 + t);
      // (0, 1, -5/2, 1/2, 1, 0)
      x3.fma(half, x1.add(x4)).sub(x2.mul(twoAndHalf)).intoArray(b, b2 + t);
      // (0, -2, -1, 2, 1, 0)
      x3.sub(x1).fma(two, even).intoArray(b, b3 + t);
      // (0, 1/2, -1, -1/2, 1, 0)
      x1.sub(x3).fma(half, even).intoArray(b, b4 + t);
      // (0, 1, -3/2, -2, 3/2, 1)
      even.fma(oneAndHalf, x1.add(x5)).sub(x3.mul(two)).intoArray(b, b5 + t);
    }
  }

  /**
   * {@link #input} of {@code scale * a + shift}, no less than {@code floor}.
   *
   * @param scaleAt where the first channel's is
   * @param period of the channels within an item
   */
  static void inputScaled(
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
      float[] scale,
      float[] shift,
      int scaleAt,
      int period,
      float floor) {
    FloatVector least = FloatVector.broadcast(S, floor);
    for (int t = 0; t < count; t++, aAt += aItem, bAt += bItem) {
      int c = 0;
      for (int h = 0; h < channels; h += L) {
        int from = aAt + h;
        int to = bAt + h;
        FloatVector slope = load(scale, scaleAt + c);
        FloatVector offset = load(shift, scaleAt + c);
        c = c + L == period ? 0 : c + L;
        FloatVector x0 = Width.atLeast(least, load(a, from).fma(slope, offset));
        FloatVector x1 = Width.atLeast(least, load(a, from + aRow).fma(slope, offset));
        FloatVector x2 = Width.atLeast(least, load(a, from + 2 * aRow).fma(slope, offset));
        FloatVector x3 = Width.atLeast(least, load(a, from + 3 * aRow).fma(slope, offset));
        FloatVector x4 = Width.atLeast(least, load(a, from + 4 * aRow).fma(slope, offset));
        FloatVector x5 = Width.atLeast(least, load(a, from + 5 * aRow).fma(slope, offset));
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

  /** {@link #gradient} as {@link #inputSlabs}. */
  static void gradientSlabs(
      float[] a, int aAt, int aRow, int aItem, float[] b, int bAt, int bRow, int count) {
    int b1 = bAt + bRow;
    int b2 = b1 + bRow;
    int b3 = b2 + bRow;
    int b4 = b3 + bRow;
    int b5 = b4 + bRow;
    for (int t = 0; t < count * Width.SLAB; t += L) {
      int from = aAt + (t >> 4) * aItem + (t & 15);
      FloatVector x0 = load(a, from);
      FloatVector x1 = load(a, from + aRow);
      FloatVector x2 = load(a, from + 2 * aRow);
      FloatVector x3 = load(a, from + 3 * aRow);
      FloatVector even = x0.add(x2).mul(1 / 3f);
      FloatVector odd = x1.add(x3).mul(1 / 3f);
      x0.intoArray(b, bAt + t);
      even.add(odd).intoArray(b, b1 + t);
      odd.sub(even).intoArray(b, b2 + t);
      x0.add(x1.mul(0.5f))
          .add(x2.mul(0.25f))
          .add(x3.mul(0.125f))
          .mul(-16 / 15f)
          .intoArray(b, b3 + t);
      x0.sub(x1.mul(2)).add(x2.mul(4)).sub(x3.mul(8)).mul(1 / 15f).intoArray(b, b4 + t);
      x3.intoArray(b, b5 + t);
    }
  }

  /**
   * A^T: 6 points to 4 values of the output, items of one slab's 16 channels, neighbours in a; one
   * flat loop as in {@link #inputSlabs}.
   */
  static void outputSlabs(
      float[] a, int aAt, int aRow, float[] b, int bAt, int bRow, int bItem, int count) {
    FloatVector half = FloatVector.broadcast(S, 0.5f);
    FloatVector quarter = FloatVector.broadcast(S, 0.25f);
    FloatVector eighth = FloatVector.broadcast(S, 0.125f);
    FloatVector minusTwo = FloatVector.broadcast(S, -2f);
    FloatVector four = FloatVector.broadcast(S, 4f);
    FloatVector minusEight = FloatVector.broadcast(S, -8f);
    int a1 = aAt + aRow;
    int a2 = a1 + aRow;
    int a3 = a2 + aRow;
    int a4 = a3 + aRow;
    int a5 = a4 + aRow;
    for (int t = 0; t < count * Width.SLAB; t += L) {
      FloatVector x1 = load(a, a1 + t);
      FloatVector x2 = load(a, a2 + t);
      FloatVector x3 = load(a, a3 + t);
      FloatVector x4 = load(a, a4 + t);
      FloatVector sum = x1.add(x2);
      FloatVector difference = x1.sub(x2);
      int to = bAt + (t >> 4) * bItem + (t & 15);
      load(a, aAt + t).add(sum).add(x3).add(x4).intoArray(b, to);
      x4.fma(minusTwo, x3.fma(half, difference)).intoArray(b, to + bRow);
      x4.fma(four, x3.fma(quarter, sum)).intoArray(b, to + 2 * bRow);
      x4.fma(minusEight, x3.fma(eighth, difference))
          .add(load(a, a5 + t))
          .intoArray(b, to + 3 * bRow);
    }
  }

  /**
   * A^T, as in {@link #outputSlabs}, into y, with bias and lower bound; only the first {@code rows}
   * of the 4 exist.
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
    FloatVector half = FloatVector.broadcast(S, 0.5f);
    FloatVector quarter = FloatVector.broadcast(S, 0.25f);
    FloatVector eighth = FloatVector.broadcast(S, 0.125f);
    FloatVector minusTwo = FloatVector.broadcast(S, -2f);
    FloatVector four = FloatVector.broadcast(S, 4f);
    FloatVector minusEight = FloatVector.broadcast(S, -8f);
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
        FloatVector y0 = load(a, from).add(sum).add(x3).add(x4);
        Width.atLeast(floor, y0).intoArray(b, to);
        if (rows > 1) {
          FloatVector y1 = x4.fma(minusTwo, x3.fma(half, difference));
          Width.atLeast(floor, y1).intoArray(b, to + bRow);
        }
        if (rows > 2) {
          FloatVector y2 = x4.fma(four, x3.fma(quarter, sum));
          Width.atLeast(floor, y2).intoArray(b, to + 2 * bRow);
        }
        if (rows > 3) {
          FloatVector y3 = x4.fma(minusEight, x3.fma(eighth, difference));
          y3 = y3.add(load(a, from + 5 * aRow));
          Width.atLeast(floor, y3).intoArray(b, to + 3 * bRow);
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
