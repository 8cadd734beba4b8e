package io.octnet.benchmarks;

import io.octnet.compute.Compute;
import java.util.stream.DoubleStream;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * What one core can do at most at this moment: fused multiply-adds on registers alone, twelve
 * independent chains, enough for two units of four cycles each. A look takes a few milliseconds, so
 * that it can be taken beside each measurement; virtual machines change their speed within seconds.
 *
 * <p>A chain is {@code c = a * b + c}, whose instruction adds in place. As {@code c = c * a + b}
 * the compiler copies a register for each, which costs a sixth of the speed, and a third where
 * another hardware thread shares the core.
 */
final class Peak {
  private static final int STEPS = 200_000;
  private static final int LOOKS = 5;
  private static final int BITS =
      Integer.getInteger(
          "octnet.vector.bits",
          Math.clamp(FloatVector.SPECIES_PREFERRED.vectorBitSize(), 128, 512));
  private static final VectorSpecies<Float> SPECIES =
      BITS == 512
          ? FloatVector.SPECIES_512
          : BITS == 256 ? FloatVector.SPECIES_256 : FloatVector.SPECIES_128;

  static volatile float sink; // else the compiler drops the chains

  static {
    for (int i = 0; i < 6; i++) { // the JVM compiles meanwhile
      flops();
    }
  }

  private Peak() {}

  static int bits() {
    return BITS;
  }

  /** Floating-point operations a second, two for a multiply-add: the best of five. */
  static double flops() {
    double best = 0;
    for (int i = 0; i < LOOKS; i++) {
      long start = System.nanoTime();
      chains();
      best = Math.max(best, 2.0 * 12 * SPECIES.length() * STEPS / (System.nanoTime() - start));
    }
    return best * 1e9;
  }

  /** Of all threads of a back-end at once. */
  static double flops(Compute compute, int threads) {
    double[] each = new double[threads];
    compute.parallelFor(threads, i -> each[i] = flops());
    return DoubleStream.of(each).sum();
  }

  private static void chains() {
    FloatVector a = FloatVector.broadcast(SPECIES, 0.999f);
    FloatVector b = FloatVector.broadcast(SPECIES, 1e-3f);
    FloatVector c0 = b;
    FloatVector c1 = b;
    FloatVector c2 = b;
    FloatVector c3 = b;
    FloatVector c4 = b;
    FloatVector c5 = b;
    FloatVector c6 = b;
    FloatVector c7 = b;
    FloatVector c8 = b;
    FloatVector c9 = b;
    FloatVector c10 = b;
    FloatVector c11 = b;
    for (int i = 0; i < STEPS; i++) {
      c0 = a.fma(b, c0);
      c1 = a.fma(b, c1);
      c2 = a.fma(b, c2);
      c3 = a.fma(b, c3);
      c4 = a.fma(b, c4);
      c5 = a.fma(b, c5);
      c6 = a.fma(b, c6);
      c7 = a.fma(b, c7);
      c8 = a.fma(b, c8);
      c9 = a.fma(b, c9);
      c10 = a.fma(b, c10);
      c11 = a.fma(b, c11);
    }
    FloatVector sum = c0.add(c1).add(c2).add(c3).add(c4).add(c5);
    sink = sum.add(c6).add(c7).add(c8).add(c9).add(c10).add(c11).lane(0);
  }
}
