package io.octnet.compute.simd.kernel;

import java.lang.invoke.VarHandle;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The micro-kernels for 512-bit vectors, written by KernelGenerator.
 *
 * <p>They are flat on purpose: an accumulator stays in its register only as a named local of one
 * loop; arrays of vectors, nested loops or helpers spill or box it. The fence after each row emits
 * no instruction: it stops the compiler from hoisting several broadcasts, which would spill
 * accumulators.
 */
final class MicroKernel512 {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_512;

  private MicroKernel512() {}

  /** See {@link Width#panel}: 14 rows x 32 columns. */
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
    FloatVector c60 = FloatVector.zero(S);
    FloatVector c61 = FloatVector.zero(S);
    FloatVector c70 = FloatVector.zero(S);
    FloatVector c71 = FloatVector.zero(S);
    FloatVector c80 = FloatVector.zero(S);
    FloatVector c81 = FloatVector.zero(S);
    FloatVector c90 = FloatVector.zero(S);
    FloatVector c91 = FloatVector.zero(S);
    FloatVector c100 = FloatVector.zero(S);
    FloatVector c101 = FloatVector.zero(S);
    FloatVector c110 = FloatVector.zero(S);
    FloatVector c111 = FloatVector.zero(S);
    FloatVector c120 = FloatVector.zero(S);
    FloatVector c121 = FloatVector.zero(S);
    FloatVector c130 = FloatVector.zero(S);
    FloatVector c131 = FloatVector.zero(S);
    FloatVector x, b0, b1;
    for (int q = 0; q < steps; q++) {
      int p = aAt + offsets[q];
      b0 = FloatVector.fromArray(S, b, bAt + 0);
      b1 = FloatVector.fromArray(S, b, bAt + 16);
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
      x = FloatVector.broadcast(S, a[p + 96]);
      c60 = x.fma(b0, c60);
      c61 = x.fma(b1, c61);
      VarHandle.loadLoadFence();
      x = FloatVector.broadcast(S, a[p + 112]);
      c70 = x.fma(b0, c70);
      c71 = x.fma(b1, c71);
      VarHandle.loadLoadFence();
      x = FloatVector.broadcast(S, a[p + 128]);
      c80 = x.fma(b0, c80);
      c81 = x.fma(b1, c81);
      VarHandle.loadLoadFence();
      x = FloatVector.broadcast(S, a[p + 144]);
      c90 = x.fma(b0, c90);
      c91 = x.fma(b1, c91);
      VarHandle.loadLoadFence();
      x = FloatVector.broadcast(S, a[p + 160]);
      c100 = x.fma(b0, c100);
      c101 = x.fma(b1, c101);
      VarHandle.loadLoadFence();
      x = FloatVector.broadcast(S, a[p + 176]);
      c110 = x.fma(b0, c110);
      c111 = x.fma(b1, c111);
      VarHandle.loadLoadFence();
      x = FloatVector.broadcast(S, a[p + 192]);
      c120 = x.fma(b0, c120);
      c121 = x.fma(b1, c121);
      VarHandle.loadLoadFence();
      x = FloatVector.broadcast(S, a[p + 208]);
      c130 = x.fma(b0, c130);
      c131 = x.fma(b1, c131);
      VarHandle.loadLoadFence();
      b0 = FloatVector.fromArray(S, b, bAt + 32);
      b1 = FloatVector.fromArray(S, b, bAt + 48);
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
      x = FloatVector.broadcast(S, a[p + 97]);
      c60 = x.fma(b0, c60);
      c61 = x.fma(b1, c61);
      VarHandle.loadLoadFence();
      x = FloatVector.broadcast(S, a[p + 113]);
      c70 = x.fma(b0, c70);
      c71 = x.fma(b1, c71);
      VarHandle.loadLoadFence();
      x = FloatVector.broadcast(S, a[p + 129]);
      c80 = x.fma(b0, c80);
      c81 = x.fma(b1, c81);
      VarHandle.loadLoadFence();
      x = FloatVector.broadcast(S, a[p + 145]);
      c90 = x.fma(b0, c90);
      c91 = x.fma(b1, c91);
      VarHandle.loadLoadFence();
      x = FloatVector.broadcast(S, a[p + 161]);
      c100 = x.fma(b0, c100);
      c101 = x.fma(b1, c101);
      VarHandle.loadLoadFence();
      x = FloatVector.broadcast(S, a[p + 177]);
      c110 = x.fma(b0, c110);
      c111 = x.fma(b1, c111);
      VarHandle.loadLoadFence();
      x = FloatVector.broadcast(S, a[p + 193]);
      c120 = x.fma(b0, c120);
      c121 = x.fma(b1, c121);
      VarHandle.loadLoadFence();
      x = FloatVector.broadcast(S, a[p + 209]);
      c130 = x.fma(b0, c130);
      c131 = x.fma(b1, c131);
      VarHandle.loadLoadFence();
      bAt += 64;
    }
    c00.intoArray(c, cAt + 0 * rowStride);
    c01.intoArray(c, cAt + 0 * rowStride + slabStride);
    c10.intoArray(c, cAt + 1 * rowStride);
    c11.intoArray(c, cAt + 1 * rowStride + slabStride);
    c20.intoArray(c, cAt + 2 * rowStride);
    c21.intoArray(c, cAt + 2 * rowStride + slabStride);
    c30.intoArray(c, cAt + 3 * rowStride);
    c31.intoArray(c, cAt + 3 * rowStride + slabStride);
    c40.intoArray(c, cAt + 4 * rowStride);
    c41.intoArray(c, cAt + 4 * rowStride + slabStride);
    c50.intoArray(c, cAt + 5 * rowStride);
    c51.intoArray(c, cAt + 5 * rowStride + slabStride);
    c60.intoArray(c, cAt + 6 * rowStride);
    c61.intoArray(c, cAt + 6 * rowStride + slabStride);
    c70.intoArray(c, cAt + 7 * rowStride);
    c71.intoArray(c, cAt + 7 * rowStride + slabStride);
    c80.intoArray(c, cAt + 8 * rowStride);
    c81.intoArray(c, cAt + 8 * rowStride + slabStride);
    c90.intoArray(c, cAt + 9 * rowStride);
    c91.intoArray(c, cAt + 9 * rowStride + slabStride);
    c100.intoArray(c, cAt + 10 * rowStride);
    c101.intoArray(c, cAt + 10 * rowStride + slabStride);
    c110.intoArray(c, cAt + 11 * rowStride);
    c111.intoArray(c, cAt + 11 * rowStride + slabStride);
    c120.intoArray(c, cAt + 12 * rowStride);
    c121.intoArray(c, cAt + 12 * rowStride + slabStride);
    c130.intoArray(c, cAt + 13 * rowStride);
    c131.intoArray(c, cAt + 13 * rowStride + slabStride);
  }

  /** See {@link Width#layer}: 14 rows x 32 columns. */
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
    FloatVector bias1 = FloatVector.fromArray(S, bias, biasAt + 16);
    FloatVector c00 = bias0.add(FloatVector.fromArray(S, start, startAt + 0 * startStride + 0));
    FloatVector c01 = bias1.add(FloatVector.fromArray(S, start, startAt + 0 * startStride + 16));
    FloatVector c10 = bias0.add(FloatVector.fromArray(S, start, startAt + 1 * startStride + 0));
    FloatVector c11 = bias1.add(FloatVector.fromArray(S, start, startAt + 1 * startStride + 16));
    FloatVector c20 = bias0.add(FloatVector.fromArray(S, start, startAt + 2 * startStride + 0));
    FloatVector c21 = bias1.add(FloatVector.fromArray(S, start, startAt + 2 * startStride + 16));
    FloatVector c30 = bias0.add(FloatVector.fromArray(S, start, startAt + 3 * startStride + 0));
    FloatVector c31 = bias1.add(FloatVector.fromArray(S, start, startAt + 3 * startStride + 16));
    FloatVector c40 = bias0.add(FloatVector.fromArray(S, start, startAt + 4 * startStride + 0));
    FloatVector c41 = bias1.add(FloatVector.fromArray(S, start, startAt + 4 * startStride + 16));
    FloatVector c50 = bias0.add(FloatVector.fromArray(S, start, startAt + 5 * startStride + 0));
    FloatVector c51 = bias1.add(FloatVector.fromArray(S, start, startAt + 5 * startStride + 16));
    FloatVector c60 = bias0.add(FloatVector.fromArray(S, start, startAt + 6 * startStride + 0));
    FloatVector c61 = bias1.add(FloatVector.fromArray(S, start, startAt + 6 * startStride + 16));
    FloatVector c70 = bias0.add(FloatVector.fromArray(S, start, startAt + 7 * startStride + 0));
    FloatVector c71 = bias1.add(FloatVector.fromArray(S, start, startAt + 7 * startStride + 16));
    FloatVector c80 = bias0.add(FloatVector.fromArray(S, start, startAt + 8 * startStride + 0));
    FloatVector c81 = bias1.add(FloatVector.fromArray(S, start, startAt + 8 * startStride + 16));
    FloatVector c90 = bias0.add(FloatVector.fromArray(S, start, startAt + 9 * startStride + 0));
    FloatVector c91 = bias1.add(FloatVector.fromArray(S, start, startAt + 9 * startStride + 16));
    FloatVector c100 = bias0.add(FloatVector.fromArray(S, start, startAt + 10 * startStride + 0));
    FloatVector c101 = bias1.add(FloatVector.fromArray(S, start, startAt + 10 * startStride + 16));
    FloatVector c110 = bias0.add(FloatVector.fromArray(S, start, startAt + 11 * startStride + 0));
    FloatVector c111 = bias1.add(FloatVector.fromArray(S, start, startAt + 11 * startStride + 16));
    FloatVector c120 = bias0.add(FloatVector.fromArray(S, start, startAt + 12 * startStride + 0));
    FloatVector c121 = bias1.add(FloatVector.fromArray(S, start, startAt + 12 * startStride + 16));
    FloatVector c130 = bias0.add(FloatVector.fromArray(S, start, startAt + 13 * startStride + 0));
    FloatVector c131 = bias1.add(FloatVector.fromArray(S, start, startAt + 13 * startStride + 16));
    FloatVector x, b0, b1;
    for (int q = 0; q < steps; q++) {
      int p = aAt + offsets[q];
      b0 = FloatVector.fromArray(S, b, bAt + 0);
      b1 = FloatVector.fromArray(S, b, bAt + 16);
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
      x = FloatVector.broadcast(S, a[p + 96]);
      c60 = x.fma(b0, c60);
      c61 = x.fma(b1, c61);
      VarHandle.loadLoadFence();
      x = FloatVector.broadcast(S, a[p + 112]);
      c70 = x.fma(b0, c70);
      c71 = x.fma(b1, c71);
      VarHandle.loadLoadFence();
      x = FloatVector.broadcast(S, a[p + 128]);
      c80 = x.fma(b0, c80);
      c81 = x.fma(b1, c81);
      VarHandle.loadLoadFence();
      x = FloatVector.broadcast(S, a[p + 144]);
      c90 = x.fma(b0, c90);
      c91 = x.fma(b1, c91);
      VarHandle.loadLoadFence();
      x = FloatVector.broadcast(S, a[p + 160]);
      c100 = x.fma(b0, c100);
      c101 = x.fma(b1, c101);
      VarHandle.loadLoadFence();
      x = FloatVector.broadcast(S, a[p + 176]);
      c110 = x.fma(b0, c110);
      c111 = x.fma(b1, c111);
      VarHandle.loadLoadFence();
      x = FloatVector.broadcast(S, a[p + 192]);
      c120 = x.fma(b0, c120);
      c121 = x.fma(b1, c121);
      VarHandle.loadLoadFence();
      x = FloatVector.broadcast(S, a[p + 208]);
      c130 = x.fma(b0, c130);
      c131 = x.fma(b1, c131);
      VarHandle.loadLoadFence();
      b0 = FloatVector.fromArray(S, b, bAt + 32);
      b1 = FloatVector.fromArray(S, b, bAt + 48);
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
      x = FloatVector.broadcast(S, a[p + 97]);
      c60 = x.fma(b0, c60);
      c61 = x.fma(b1, c61);
      VarHandle.loadLoadFence();
      x = FloatVector.broadcast(S, a[p + 113]);
      c70 = x.fma(b0, c70);
      c71 = x.fma(b1, c71);
      VarHandle.loadLoadFence();
      x = FloatVector.broadcast(S, a[p + 129]);
      c80 = x.fma(b0, c80);
      c81 = x.fma(b1, c81);
      VarHandle.loadLoadFence();
      x = FloatVector.broadcast(S, a[p + 145]);
      c90 = x.fma(b0, c90);
      c91 = x.fma(b1, c91);
      VarHandle.loadLoadFence();
      x = FloatVector.broadcast(S, a[p + 161]);
      c100 = x.fma(b0, c100);
      c101 = x.fma(b1, c101);
      VarHandle.loadLoadFence();
      x = FloatVector.broadcast(S, a[p + 177]);
      c110 = x.fma(b0, c110);
      c111 = x.fma(b1, c111);
      VarHandle.loadLoadFence();
      x = FloatVector.broadcast(S, a[p + 193]);
      c120 = x.fma(b0, c120);
      c121 = x.fma(b1, c121);
      VarHandle.loadLoadFence();
      x = FloatVector.broadcast(S, a[p + 209]);
      c130 = x.fma(b0, c130);
      c131 = x.fma(b1, c131);
      VarHandle.loadLoadFence();
      bAt += 64;
    }
    FloatVector floor = FloatVector.broadcast(S, least);
    c00.blend(floor, c00.compare(VectorOperators.LT, floor)).intoArray(y, yAt + 0 * stride + 0);
    c01.blend(floor, c01.compare(VectorOperators.LT, floor)).intoArray(y, yAt + 0 * stride + 16);
    c10.blend(floor, c10.compare(VectorOperators.LT, floor)).intoArray(y, yAt + 1 * stride + 0);
    c11.blend(floor, c11.compare(VectorOperators.LT, floor)).intoArray(y, yAt + 1 * stride + 16);
    c20.blend(floor, c20.compare(VectorOperators.LT, floor)).intoArray(y, yAt + 2 * stride + 0);
    c21.blend(floor, c21.compare(VectorOperators.LT, floor)).intoArray(y, yAt + 2 * stride + 16);
    c30.blend(floor, c30.compare(VectorOperators.LT, floor)).intoArray(y, yAt + 3 * stride + 0);
    c31.blend(floor, c31.compare(VectorOperators.LT, floor)).intoArray(y, yAt + 3 * stride + 16);
    c40.blend(floor, c40.compare(VectorOperators.LT, floor)).intoArray(y, yAt + 4 * stride + 0);
    c41.blend(floor, c41.compare(VectorOperators.LT, floor)).intoArray(y, yAt + 4 * stride + 16);
    c50.blend(floor, c50.compare(VectorOperators.LT, floor)).intoArray(y, yAt + 5 * stride + 0);
    c51.blend(floor, c51.compare(VectorOperators.LT, floor)).intoArray(y, yAt + 5 * stride + 16);
    c60.blend(floor, c60.compare(VectorOperators.LT, floor)).intoArray(y, yAt + 6 * stride + 0);
    c61.blend(floor, c61.compare(VectorOperators.LT, floor)).intoArray(y, yAt + 6 * stride + 16);
    c70.blend(floor, c70.compare(VectorOperators.LT, floor)).intoArray(y, yAt + 7 * stride + 0);
    c71.blend(floor, c71.compare(VectorOperators.LT, floor)).intoArray(y, yAt + 7 * stride + 16);
    c80.blend(floor, c80.compare(VectorOperators.LT, floor)).intoArray(y, yAt + 8 * stride + 0);
    c81.blend(floor, c81.compare(VectorOperators.LT, floor)).intoArray(y, yAt + 8 * stride + 16);
    c90.blend(floor, c90.compare(VectorOperators.LT, floor)).intoArray(y, yAt + 9 * stride + 0);
    c91.blend(floor, c91.compare(VectorOperators.LT, floor)).intoArray(y, yAt + 9 * stride + 16);
    c100.blend(floor, c100.compare(VectorOperators.LT, floor)).intoArray(y, yAt + 10 * stride + 0);
    c101.blend(floor, c101.compare(VectorOperators.LT, floor)).intoArray(y, yAt + 10 * stride + 16);
    c110.blend(floor, c110.compare(VectorOperators.LT, floor)).intoArray(y, yAt + 11 * stride + 0);
    c111.blend(floor, c111.compare(VectorOperators.LT, floor)).intoArray(y, yAt + 11 * stride + 16);
    c120.blend(floor, c120.compare(VectorOperators.LT, floor)).intoArray(y, yAt + 12 * stride + 0);
    c121.blend(floor, c121.compare(VectorOperators.LT, floor)).intoArray(y, yAt + 12 * stride + 16);
    c130.blend(floor, c130.compare(VectorOperators.LT, floor)).intoArray(y, yAt + 13 * stride + 0);
    c131.blend(floor, c131.compare(VectorOperators.LT, floor)).intoArray(y, yAt + 13 * stride + 16);
  }

  /** See {@link Width#outer}: 8 rows x 32 columns. */
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
    FloatVector c40 = FloatVector.zero(S);
    FloatVector c41 = FloatVector.zero(S);
    FloatVector c50 = FloatVector.zero(S);
    FloatVector c51 = FloatVector.zero(S);
    FloatVector c60 = FloatVector.zero(S);
    FloatVector c61 = FloatVector.zero(S);
    FloatVector c70 = FloatVector.zero(S);
    FloatVector c71 = FloatVector.zero(S);
    FloatVector x, b0, b1;
    int bNext = bAt + slabStride;
    for (int t = 0; t < pixels; t += 4) {
      b0 = FloatVector.fromArray(S, b, bAt + 0);
      b1 = FloatVector.fromArray(S, b, bNext + 0);
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
      x = FloatVector.broadcast(S, a[aAt + 4]);
      c40 = x.fma(b0, c40);
      c41 = x.fma(b1, c41);
      VarHandle.loadLoadFence();
      x = FloatVector.broadcast(S, a[aAt + 5]);
      c50 = x.fma(b0, c50);
      c51 = x.fma(b1, c51);
      VarHandle.loadLoadFence();
      x = FloatVector.broadcast(S, a[aAt + 6]);
      c60 = x.fma(b0, c60);
      c61 = x.fma(b1, c61);
      VarHandle.loadLoadFence();
      x = FloatVector.broadcast(S, a[aAt + 7]);
      c70 = x.fma(b0, c70);
      c71 = x.fma(b1, c71);
      VarHandle.loadLoadFence();
      b0 = FloatVector.fromArray(S, b, bAt + 16);
      b1 = FloatVector.fromArray(S, b, bNext + 16);
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
      x = FloatVector.broadcast(S, a[aAt + 20]);
      c40 = x.fma(b0, c40);
      c41 = x.fma(b1, c41);
      VarHandle.loadLoadFence();
      x = FloatVector.broadcast(S, a[aAt + 21]);
      c50 = x.fma(b0, c50);
      c51 = x.fma(b1, c51);
      VarHandle.loadLoadFence();
      x = FloatVector.broadcast(S, a[aAt + 22]);
      c60 = x.fma(b0, c60);
      c61 = x.fma(b1, c61);
      VarHandle.loadLoadFence();
      x = FloatVector.broadcast(S, a[aAt + 23]);
      c70 = x.fma(b0, c70);
      c71 = x.fma(b1, c71);
      VarHandle.loadLoadFence();
      b0 = FloatVector.fromArray(S, b, bAt + 32);
      b1 = FloatVector.fromArray(S, b, bNext + 32);
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
      x = FloatVector.broadcast(S, a[aAt + 36]);
      c40 = x.fma(b0, c40);
      c41 = x.fma(b1, c41);
      VarHandle.loadLoadFence();
      x = FloatVector.broadcast(S, a[aAt + 37]);
      c50 = x.fma(b0, c50);
      c51 = x.fma(b1, c51);
      VarHandle.loadLoadFence();
      x = FloatVector.broadcast(S, a[aAt + 38]);
      c60 = x.fma(b0, c60);
      c61 = x.fma(b1, c61);
      VarHandle.loadLoadFence();
      x = FloatVector.broadcast(S, a[aAt + 39]);
      c70 = x.fma(b0, c70);
      c71 = x.fma(b1, c71);
      VarHandle.loadLoadFence();
      b0 = FloatVector.fromArray(S, b, bAt + 48);
      b1 = FloatVector.fromArray(S, b, bNext + 48);
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
      x = FloatVector.broadcast(S, a[aAt + 52]);
      c40 = x.fma(b0, c40);
      c41 = x.fma(b1, c41);
      VarHandle.loadLoadFence();
      x = FloatVector.broadcast(S, a[aAt + 53]);
      c50 = x.fma(b0, c50);
      c51 = x.fma(b1, c51);
      VarHandle.loadLoadFence();
      x = FloatVector.broadcast(S, a[aAt + 54]);
      c60 = x.fma(b0, c60);
      c61 = x.fma(b1, c61);
      VarHandle.loadLoadFence();
      x = FloatVector.broadcast(S, a[aAt + 55]);
      c70 = x.fma(b0, c70);
      c71 = x.fma(b1, c71);
      VarHandle.loadLoadFence();
      aAt += 64;
      bAt += 64;
      bNext += 64;
    }
    c00.add(FloatVector.fromArray(S, c, cAt + 0 * rowStride + 0))
        .intoArray(c, cAt + 0 * rowStride + 0);
    c01.add(FloatVector.fromArray(S, c, cAt + 0 * rowStride + 16))
        .intoArray(c, cAt + 0 * rowStride + 16);
    c10.add(FloatVector.fromArray(S, c, cAt + 1 * rowStride + 0))
        .intoArray(c, cAt + 1 * rowStride + 0);
    c11.add(FloatVector.fromArray(S, c, cAt + 1 * rowStride + 16))
        .intoArray(c, cAt + 1 * rowStride + 16);
    c20.add(FloatVector.fromArray(S, c, cAt + 2 * rowStride + 0))
        .intoArray(c, cAt + 2 * rowStride + 0);
    c21.add(FloatVector.fromArray(S, c, cAt + 2 * rowStride + 16))
        .intoArray(c, cAt + 2 * rowStride + 16);
    c30.add(FloatVector.fromArray(S, c, cAt + 3 * rowStride + 0))
        .intoArray(c, cAt + 3 * rowStride + 0);
    c31.add(FloatVector.fromArray(S, c, cAt + 3 * rowStride + 16))
        .intoArray(c, cAt + 3 * rowStride + 16);
    c40.add(FloatVector.fromArray(S, c, cAt + 4 * rowStride + 0))
        .intoArray(c, cAt + 4 * rowStride + 0);
    c41.add(FloatVector.fromArray(S, c, cAt + 4 * rowStride + 16))
        .intoArray(c, cAt + 4 * rowStride + 16);
    c50.add(FloatVector.fromArray(S, c, cAt + 5 * rowStride + 0))
        .intoArray(c, cAt + 5 * rowStride + 0);
    c51.add(FloatVector.fromArray(S, c, cAt + 5 * rowStride + 16))
        .intoArray(c, cAt + 5 * rowStride + 16);
    c60.add(FloatVector.fromArray(S, c, cAt + 6 * rowStride + 0))
        .intoArray(c, cAt + 6 * rowStride + 0);
    c61.add(FloatVector.fromArray(S, c, cAt + 6 * rowStride + 16))
        .intoArray(c, cAt + 6 * rowStride + 16);
    c70.add(FloatVector.fromArray(S, c, cAt + 7 * rowStride + 0))
        .intoArray(c, cAt + 7 * rowStride + 0);
    c71.add(FloatVector.fromArray(S, c, cAt + 7 * rowStride + 16))
        .intoArray(c, cAt + 7 * rowStride + 16);
  }
}
