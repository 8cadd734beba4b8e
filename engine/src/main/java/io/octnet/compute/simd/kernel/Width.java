package io.octnet.compute.simd.kernel;

import io.octnet.compute.Settings;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The vector width, chosen once per process, and the micro-kernels of that width.
 *
 * <p>Everything follows from static finals, so the compiler folds the choice away. {@link
 * Settings#VECTOR_BITS} forces a width; else it is what the JVM prefers.
 */
public final class Width {
  public static final int BITS = chosenBits();
  public static final VectorSpecies<Float> SPECIES =
      BITS == 512
          ? FloatVector.SPECIES_512
          : BITS == 256 ? FloatVector.SPECIES_256 : FloatVector.SPECIES_128;
  public static final int LANES = SPECIES.length();

  /** Rows (pixels) and columns (output channels) of {@link #panel}'s result. */
  public static final int ROWS = BITS == 512 ? 14 : 6;

  public static final int COLS = 2 * LANES;

  /**
   * Input channels that one offset of {@link #panel} stands for: enough that offsets and range
   * checks do not weigh beside the multiply-adds, above all where two hardware threads share a
   * core.
   */
  public static final int STEP = BITS == 512 ? 2 : 4;

  /** Rows (input channels) and columns (output channels) of {@link #outer}'s result. */
  public static final int OUTER_ROWS = BITS == 512 ? 8 : 4;

  public static final int OUTER_COLS = 2 * LANES;

  /** Channels of a slab, whatever the width: slabs are [channels / 16][pixels][16]. */
  public static final int SLAB = 16;

  /** What {@link #layer} adds where there is no bias, or no residual. */
  public static final float[] ZEROS = new float[COLS];

  private Width() {}

  private static int chosenBits() {
    int preferred = FloatVector.SPECIES_PREFERRED.vectorBitSize();
    return Settings.vectorBits(Math.clamp(preferred, 128, 512));
  }

  /**
   * {@code c[cAt + i * rowStride + column] = sum over q, u of a[aAt + offsets[q] + 16 i + u] *
   * b[bAt + (STEP q + u) * COLS + column]} for ROWS rows i, u below STEP: a block of pixels of a
   * slab times a panel of packed weights.
   *
   * @param steps how many offsets, each for STEP neighbouring input channels
   * @param slabStride where columns 16.. of a row go, from its start; only a 512-bit panel has them
   */
  public static void panel(
      int steps,
      int[] offsets,
      float[] a,
      int aAt,
      float[] b,
      int bAt,
      float[] c,
      int cAt,
      int rowStride,
      int slabStride) {
    if (BITS == 512) {
      MicroKernel512.panel(steps, offsets, a, aAt, b, bAt, c, cAt, rowStride, slabStride);
    } else if (BITS == 256) {
      MicroKernel256.panel(steps, offsets, a, aAt, b, bAt, c, cAt, rowStride, slabStride);
    } else {
      MicroKernel128.panel(steps, offsets, a, aAt, b, bAt, c, cAt, rowStride, slabStride);
    }
  }

  /**
   * As {@link #panel}, to where a layer's result goes: {@code y[yAt + i * stride + column] =
   * max(least, bias[biasAt + column] + start[startAt + i * startStride + column] + sum)}. {@code
   * start} is a residual, which may be y itself, or zeros with a stride of 0.
   */
  public static void layer(
      int steps,
      int[] offsets,
      float[] a,
      int aAt,
      float[] b,
      int bAt,
      float[] bias,
      int biasAt,
      float[] start,
      int startAt,
      int startStride,
      float least,
      float[] y,
      int yAt,
      int stride) {
    if (BITS == 512) {
      MicroKernel512.layer(
          steps,
          offsets,
          a,
          aAt,
          b,
          bAt,
          bias,
          biasAt,
          start,
          startAt,
          startStride,
          least,
          y,
          yAt,
          stride);
    } else if (BITS == 256) {
      MicroKernel256.layer(
          steps,
          offsets,
          a,
          aAt,
          b,
          bAt,
          bias,
          biasAt,
          start,
          startAt,
          startStride,
          least,
          y,
          yAt,
          stride);
    } else {
      MicroKernel128.layer(
          steps,
          offsets,
          a,
          aAt,
          b,
          bAt,
          bias,
          biasAt,
          start,
          startAt,
          startStride,
          least,
          y,
          yAt,
          stride);
    }
  }

  /**
   * {@code c[cAt + i * rowStride + column] += sum over t of a[aAt + 16 t + i] * b[bAt + 16 t +
   * column]} for OUTER_ROWS rows i: two slabs multiplied over their pixels.
   *
   * @param pixels a multiple of 4
   * @param slabStride from one slab of b to the next; only 512 bits reach it
   */
  public static void outer(
      int pixels,
      float[] a,
      int aAt,
      float[] b,
      int bAt,
      int slabStride,
      float[] c,
      int cAt,
      int rowStride) {
    if (BITS == 512) {
      MicroKernel512.outer(pixels, a, aAt, b, bAt, slabStride, c, cAt, rowStride);
    } else if (BITS == 256) {
      MicroKernel256.outer(pixels, a, aAt, b, bAt, slabStride, c, cAt, rowStride);
    } else {
      MicroKernel128.outer(pixels, a, aAt, b, bAt, slabStride, c, cAt, rowStride);
    }
  }

  /**
   * What is less becomes {@code least}, NaN stays: a ReLU, or nothing where that is minus infinity.
   * Two instructions; {@code max} takes five, since it also tells -0 from 0.
   */
  public static FloatVector atLeast(FloatVector least, FloatVector v) {
    return v.blend(least, v.compare(VectorOperators.LT, least));
  }

  public static int roundUp(int value, int multiple) {
    return (value + multiple - 1) / multiple * multiple;
  }
}
