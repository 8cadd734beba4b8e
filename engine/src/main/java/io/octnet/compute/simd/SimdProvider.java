package io.octnet.compute.simd;

import io.octnet.compute.Compute;
import io.octnet.compute.ComputeProvider;

/**
 * Offers {@link SimdCompute}, wherever the JVM was started with the vector module and multiplies
 * and adds in one instruction: without it each fused multiply-add is computed in big decimals.
 */
public final class SimdProvider implements ComputeProvider {
  @Override
  public String name() {
    return "simd";
  }

  @Override
  public int priority() {
    return 10;
  }

  @Override
  public String unavailableBecause() {
    try {
      Class.forName("jdk.incubator.vector.FloatVector");
    } catch (ClassNotFoundException e) {
      return "the JVM was started without --add-modules jdk.incubator.vector";
    }
    return FusedMultiplyAdd.isAnInstruction()
        ? null
        : "this CPU has no fused multiply-add, or the JVM runs with -XX:-UseFMA";
  }

  @Override
  public Compute create(int threads) {
    return new SimdCompute(threads);
  }
}
