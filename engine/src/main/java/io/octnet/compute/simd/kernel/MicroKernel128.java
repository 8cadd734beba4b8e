package io.octnet.compute.simd.kernel;

import java.lang.invoke.VarHandle;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The micro-kernels for 128-bit vectors, written by KernelGenerator.
 *
 * <p>They are flat on purpose: an accumulator stays in its register only as a named local of one
 * loop; arrays of vectors, nested loops or helpers spill or box it. The fence after each row emits
 * no instruction: it stops the compiler from hoisting several broadcasts, which would spill
 * accumulators.
 */
final class MicroKernel128 {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_128;

  private MicroKernel128() {}

  /** See {@link Width#panel}: 6 rows x 8 columns. */
  static void panel(
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
    FloatVector c00 = FloatVector.zero(S);
    FloatVector c01 = FloatVector.zero(S);
    FloatVector c10 = FloatVector.zero(S);
    FloatVector c11 = FloatVector.zero(S);
    FloatVector c20 = FloatVector.zero(S);
    FloatVector c21 = FloatVector.zero(S);
    FloatVector c30 = FloatVector.zero(S);
    FloatVector c31 = FloatVector.zero(S);
    FloatVector c40 = FloatVector.zero(S);
    FloatVector c41 = FloatVector.zero(S);
    FloatVector c50 = FloatVector.zero(S);
    FloatVector c51 = FloatVector.zero(S);
    FloatVector x, b0, b1;
    for (int q = 0; q < steps; q++) {
      int p = aAt + offsets[q];
      b0 = FloatVector.fromArray(S, b, bAt + 0);
      b1 = FloatVector.fromArray(S, b, bAt + 4);
      x = FloatVector.broadcast(S, a[p + 0]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      VarHandle.loadLoadFence();
      x = FloatVector.broadcast(S, a[p + 16]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      VarHandle.loadLoadFence();
      x = FloatVector.broadcast(S, a[p + 32]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      VarHandle.loadLoadFence();
      x = FloatVector.broadcast(S, a[p + 48]);
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
      VarHandle.loadLoadFence();
      x = FloatVector.broadcast(S, a[p + 64]);
      c40 = x.fma(b0, c40);
      c41 = x.fma(b1, c41);
      VarHandle.loadLoadFence();
      x = FloatVector.broadcast(S, a[p + 80]);
      c50 = x.fma(b0, c50);
      c51 = x.fma(b1, c51);
      VarHandle.loadLoadFence();
      b0 = FloatVector.fromArray(S, b, bAt + 8);
      b1 = FloatVector.fromArray(S, b, bAt + 12);
      x = FloatVector.broadcast(S, a[p + 1]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      VarHandle.loadLoadFence();
      x = FloatVector.broadcast(S, a[p + 17]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      VarHandle.loadLoadFence();
      x = FloatVector.broadcast(S, a[p + 33]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      VarHandle.loadLoadFence();
      x = FloatVector.broadcast(S, a[p + 49]);
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
      VarHandle.loadLoadFence();
      x = FloatVector.broadcast(S, a[p + 65]);
      c40 = x.fma(b0, c40);
      c41 = x.fma(b1, c41);
      VarHandle.loadLoadFence();
      x = FloatVector.broadcast(S, a[p + 81]);
      c50 = x.fma(b0, c50);
      c51 = x.fma(b1, c51);
      VarHandle.loadLoadFence();
      b0 = FloatVector.fromArray(S, b, bAt + 16);
      b1 = FloatVector.fromArray(S, b, bAt + 20);
      x = FloatVector.broadcast(S, a[p + 2]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      VarHandle.loadLoadFence();
      x = FloatVector.broadcast(S, a[p + 18]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      VarHandle.loadLoadFence();
      x = FloatVector.broadcast(S, a[p + 34]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      VarHandle.loadLoadFence();
      x = FloatVector.broadcast(S, a[p + 50]);
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
      VarHandle.loadLoadFence();
      x = FloatVector.broadcast(S, a[p + 66]);
      c40 = x.fma(b0, c40);
      c41 = x.fma(b1, c41);
      VarHandle.loadLoadFence();
      x = FloatVector.broadcast(S, a[p + 82]);
      c50 = x.fma(b0, c50);
      c51 = x.fma(b1, c51);
      VarHandle.loadLoadFence();
      b0 = FloatVector.fromArray(S, b, bAt + 24);
      b1 = FloatVector.fromArray(S, b, bAt + 28);
      x = FloatVector.broadcast(S, a[p + 3]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      VarHandle.loadLoadFence();
      x = FloatVector.broadcast(S, a[p + 19]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      VarHandle.loadLoadFence();
      x = FloatVector.broadcast(S, a[p + 35]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      VarHandle.loadLoadFence();
      x = FloatVector.broadcast(S, a[p + 51]);
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
      VarHandle.loadLoadFence();
      x = FloatVector.broadcast(S, a[p + 67]);
      c40 = x.fma(b0, c40);
      c41 = x.fma(b1, c41);
      VarHandle.loadLoadFence();
      x = FloatVector.broadcast(S, a[p + 83]);
      c50 = x.fma(b0, c50);
      c51 = x.fma(b1, c51);
      VarHandle.loadLoadFence();
      bAt += 32;
    }
    c00.intoArray(c, cAt + 0 * rowStride);
    c01.intoArray(c, cAt + 0 * rowStride + 4);
    c10.intoArray(c, cAt + 1 * rowStride);
    c11.intoArray(c, cAt + 1 * rowStride + 4);
    c20.intoArray(c, cAt + 2 * rowStride);
    c21.intoArray(c, cAt + 2 * rowStride + 4);
    c30.intoArray(c, cAt + 3 * rowStride);
    c31.intoArray(c, cAt + 3 * rowStride + 4);
    c40.intoArray(c, cAt + 4 * rowStride);
    c41.intoArray(c, cAt + 4 * rowStride + 4);
    c50.intoArray(c, cAt + 5 * rowStride);
    c51.intoArray(c, cAt + 5 * rowStride + 4);
  }

  /** See {@link Width#layer}: 6 rows x 8 columns. */
  static void layer(
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
    FloatVector bias0 = FloatVector.fromArray(S, bias, biasAt);
    FloatVector bias1 = FloatVector.fromArray(S, bias, biasAt + 4);
    FloatVector c00 = bias0.add(FloatVector.fromArray(S, start, startAt + 0 * startStride + 0));
    FloatVector c01 = bias1.add(FloatVector.fromArray(S, start, startAt + 0 * startStride + 4));
    FloatVector c10 = bias0.add(FloatVector.fromArray(S, start, startAt + 1 * startStride + 0));
    FloatVector c11 = bias1.add(FloatVector.fromArray(S, start, startAt + 1 * startStride + 4));
    FloatVector c20 = bias0.add(FloatVector.fromArray(S, start, startAt + 2 * startStride + 0));
    FloatVector c21 = bias1.add(FloatVector.fromArray(S, start, startAt + 2 * startStride + 4));
    FloatVector c30 = bias0.add(FloatVector.fromArray(S, start, startAt + 3 * startStride + 0));
    FloatVector c31 = bias1.add(FloatVector.fromArray(S, start, startAt + 3 * startStride + 4));
    FloatVector c40 = bias0.add(FloatVector.fromArray(S, start, startAt + 4 * startStride + 0));
    FloatVector c41 = bias1.add(FloatVector.fromArray(S, start, startAt + 4 * startStride + 4));
    FloatVector c50 = bias0.add(FloatVector.fromArray(S, start, startAt + 5 * startStride + 0));
    FloatVector c51 = bias1.add(FloatVector.fromArray(S, start, startAt + 5 * startStride + 4));
    FloatVector x, b0, b1;
    for (int q = 0; q < steps; q++) {
      int p = aAt + offsets[q];
      b0 = FloatVector.fromArray(S, b, bAt + 0);
      b1 = FloatVector.fromArray(S, b, bAt + 4);
      x = FloatVector.broadcast(S, a[p + 0]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      VarHandle.loadLoadFence();
      x = FloatVector.broadcast(S, a[p + 16]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      VarHandle.loadLoadFence();
      x = FloatVector.broadcast(S, a[p + 32]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      VarHandle.loadLoadFence();
      x = FloatVector.broadcast(S, a[p + 48]);
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
      VarHandle.loadLoadFence();
      x = FloatVector.broadcast(S, a[p + 64]);
      c40 = x.fma(b0, c40);
      c41 = x.fma(b1, c41);
      VarHandle.loadLoadFence();
      x = FloatVector.broadcast(S, a[p + 80]);
      c50 = x.fma(b0, c50);
      c51 = x.fma(b1, c51);
      VarHandle.loadLoadFence();
      b0 = FloatVector.fromArray(S, b, bAt + 8);
      b1 = FloatVector.fromArray(S, b, bAt + 12);
      x = FloatVector.broadcast(S, a[p + 1]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      VarHandle.loadLoadFence();
      x = FloatVector.broadcast(S, a[p + 17]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      VarHandle.loadLoadFence();
      x = FloatVector.broadcast(S, a[p + 33]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      VarHandle.loadLoadFence();
      x = FloatVector.broadcast(S, a[p + 49]);
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
      VarHandle.loadLoadFence();
      x = FloatVector.broadcast(S, a[p + 65]);
      c40 = x.fma(b0, c40);
      c41 = x.fma(b1, c41);
      VarHandle.loadLoadFence();
      x = FloatVector.broadcast(S, a[p + 81]);
      c50 = x.fma(b0, c50);
      c51 = x.fma(b1, c51);
      VarHandle.loadLoadFence();
      b0 = FloatVector.fromArray(S, b, bAt + 16);
      b1 = FloatVector.fromArray(S, b, bAt + 20);
      x = FloatVector.broadcast(S, a[p + 2]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      VarHandle.loadLoadFence();
      x = FloatVector.broadcast(S, a[p + 18]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      VarHandle.loadLoadFence();
      x = FloatVector.broadcast(S, a[p + 34]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      VarHandle.loadLoadFence();
      x = FloatVector.broadcast(S, a[p + 50]);
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
      VarHandle.loadLoadFence();
      x = FloatVector.broadcast(S, a[p + 66]);
      c40 = x.fma(b0, c40);
      c41 = x.fma(b1, c41);
      VarHandle.loadLoadFence();
      x = FloatVector.broadcast(S, a[p + 82]);
      c50 = x.fma(b0, c50);
      c51 = x.fma(b1, c51);
      VarHandle.loadLoadFence();
      b0 = FloatVector.fromArray(S, b, bAt + 24);
      b1 = FloatVector.fromArray(S, b, bAt + 28);
      x = FloatVector.broadcast(S, a[p + 3]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      VarHandle.loadLoadFence();
      x = FloatVector.broadcast(S, a[p + 19]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      VarHandle.loadLoadFence();
      x = FloatVector.broadcast(S, a[p + 35]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      VarHandle.loadLoadFence();
      x = FloatVector.broadcast(S, a[p + 51]);
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
      VarHandle.loadLoadFence();
      x = FloatVector.broadcast(S, a[p + 67]);
      c40 = x.fma(b0, c40);
      c41 = x.fma(b1, c41);
      VarHandle.loadLoadFence();
      x = FloatVector.broadcast(S, a[p + 83]);
      c50 = x.fma(b0, c50);
      c51 = x.fma(b1, c51);
      VarHandle.loadLoadFence();
      bAt += 32;
    }
    FloatVector floor = FloatVector.broadcast(S, least);
    c00.blend(floor, c00.compare(VectorOperators.LT, floor)).intoArray(y, yAt + 0 * stride + 0);
    c01.blend(floor, c01.compare(VectorOperators.LT, floor)).intoArray(y, yAt + 0 * stride + 4);
    c10.blend(floor, c10.compare(VectorOperators.LT, floor)).intoArray(y, yAt + 1 * stride + 0);
    c11.blend(floor, c11.compare(VectorOperators.LT, floor)).intoArray(y, yAt + 1 * stride + 4);
    c20.blend(floor, c20.compare(VectorOperators.LT, floor)).intoArray(y, yAt + 2 * stride + 0);
    c21.blend(floor, c21.compare(VectorOperators.LT, floor)).intoArray(y, yAt + 2 * stride + 4);
    c30.blend(floor, c30.compare(VectorOperators.LT, floor)).intoArray(y, yAt + 3 * stride + 0);
    c31.blend(floor, c31.compare(VectorOperators.LT, floor)).intoArray(y, yAt + 3 * stride + 4);
    c40.blend(floor, c40.compare(VectorOperators.LT, floor)).intoArray(y, yAt + 4 * stride + 0);
    c41.blend(floor, c41.compare(VectorOperators.LT, floor)).intoArray(y, yAt + 4 * stride + 4);
    c50.blend(floor, c50.compare(VectorOperators.LT, floor)).intoArray(y, yAt + 5 * stride + 0);
    c51.blend(floor, c51.compare(VectorOperators.LT, floor)).intoArray(y, yAt + 5 * stride + 4);
  }

  /** See {@link Width#outer}: 4 rows x 8 columns. */
  static void outer(
      int pixels,
      float[] a,
      int aAt,
      float[] b,
      int bAt,
      int slabStride,
      float[] c,
      int cAt,
      int rowStride) {
    FloatVector c00 = FloatVector.zero(S);
    FloatVector c01 = FloatVector.zero(S);
    FloatVector c10 = FloatVector.zero(S);
    FloatVector c11 = FloatVector.zero(S);
    FloatVector c20 = FloatVector.zero(S);
    FloatVector c21 = FloatVector.zero(S);
    FloatVector c30 = FloatVector.zero(S);
    FloatVector c31 = FloatVector.zero(S);
    FloatVector x, b0, b1;
    for (int t = 0; t < pixels; t += 4) {
      b0 = FloatVector.fromArray(S, b, bAt + 0);
      b1 = FloatVector.fromArray(S, b, bAt + 4);
      x = FloatVector.broadcast(S, a[aAt + 0]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      VarHandle.loadLoadFence();
      x = FloatVector.broadcast(S, a[aAt + 1]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      VarHandle.loadLoadFence();
      x = FloatVector.broadcast(S, a[aAt + 2]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      VarHandle.loadLoadFence();
      x = FloatVector.broadcast(S, a[aAt + 3]);
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
      VarHandle.loadLoadFence();
      b0 = FloatVector.fromArray(S, b, bAt + 16);
      b1 = FloatVector.fromArray(S, b, bAt + 20);
      x = FloatVector.broadcast(S, a[aAt + 16]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      VarHandle.loadLoadFence();
      x = FloatVector.broadcast(S, a[aAt + 17]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      VarHandle.loadLoadFence();
      x = FloatVector.broadcast(S, a[aAt + 18]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      VarHandle.loadLoadFence();
      x = FloatVector.broadcast(S, a[aAt + 19]);
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
      VarHandle.loadLoadFence();
      b0 = FloatVector.fromArray(S, b, bAt + 32);
      b1 = FloatVector.fromArray(S, b, bAt + 36);
      x = FloatVector.broadcast(S, a[aAt + 32]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      VarHandle.loadLoadFence();
      x = FloatVector.broadcast(S, a[aAt + 33]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      VarHandle.loadLoadFence();
      x = FloatVector.broadcast(S, a[aAt + 34]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      VarHandle.loadLoadFence();
      x = FloatVector.broadcast(S, a[aAt + 35]);
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
      VarHandle.loadLoadFence();
      b0 = FloatVector.fromArray(S, b, bAt + 48);
      b1 = FloatVector.fromArray(S, b, bAt + 52);
      x = FloatVector.broadcast(S, a[aAt + 48]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      VarHandle.loadLoadFence();
      x = FloatVector.broadcast(S, a[aAt + 49]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      VarHandle.loadLoadFence();
      x = FloatVector.broadcast(S, a[aAt + 50]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      VarHandle.loadLoadFence();
      x = FloatVector.broadcast(S, a[aAt + 51]);
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
      VarHandle.loadLoadFence();
      aAt += 64;
      bAt += 64;
    }
    c00.add(FloatVector.fromArray(S, c, cAt + 0 * rowStride + 0))
        .intoArray(c, cAt + 0 * rowStride + 0);
    c01.add(FloatVector.fromArray(S, c, cAt + 0 * rowStride + 4))
        .intoArray(c, cAt + 0 * rowStride + 4);
    c10.add(FloatVector.fromArray(S, c, cAt + 1 * rowStride + 0))
        .intoArray(c, cAt + 1 * rowStride + 0);
    c11.add(FloatVector.fromArray(S, c, cAt + 1 * rowStride + 4))
        .intoArray(c, cAt + 1 * rowStride + 4);
    c20.add(FloatVector.fromArray(S, c, cAt + 2 * rowStride + 0))
        .intoArray(c, cAt + 2 * rowStride + 0);
    c21.add(FloatVector.fromArray(S, c, cAt + 2 * rowStride + 4))
        .intoArray(c, cAt + 2 * rowStride + 4);
    c30.add(FloatVector.fromArray(S, c, cAt + 3 * rowStride + 0))
        .intoArray(c, cAt + 3 * rowStride + 0);
    c31.add(FloatVector.fromArray(S, c, cAt + 3 * rowStride + 4))
        .intoArray(c, cAt + 3 * rowStride + 4);
  }
}
