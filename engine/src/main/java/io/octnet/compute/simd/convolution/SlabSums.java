package io.octnet.compute.simd.convolution;

import io.octnet.compute.simd.kernel.Width;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** The sum over the pixels of slabs [channels / 16][pixels][16], in short sums. */
public final class SlabSums {
  private static final VectorSpecies<Float> S = Width.SPECIES;
  private static final int L = S.length();
  private static final int SHORT_SUM = 64;

  private SlabSums() {}

  /**
   * Adds the sum of each channel to {@code sums[sumsAt + channel]}.
   *
   * @param plane from one slab to the next
   * @param channels a multiple of the lanes
   */
  public static void add(
      float[] slabs, int at, int plane, int pixels, int channels, float[] sums, int sumsAt) {
    for (int from = 0; from < pixels; from += SHORT_SUM) {
      int count = Math.min(SHORT_SUM, pixels - from);
      for (int c = 0; c < channels; c += L) {
        int start = at + c / Width.SLAB * plane + from * Width.SLAB + c % Width.SLAB;
        addFew(slabs, start, count, sums, sumsAt + c);
      }
    }
  }

  private static void addFew(float[] slab, int at, int count, float[] sums, int sumsAt) {
    FloatVector sum = FloatVector.zero(S);
    for (int i = 0; i < count; i++) {
      sum = sum.add(FloatVector.fromArray(S, slab, at + i * Width.SLAB));
    }
    FloatVector.fromArray(S, sums, sumsAt).add(sum).intoArray(sums, sumsAt);
  }
}
