package io.octnet.compute.simd;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;

/** Whether {@code a * b + c}, rounded once, is an instruction here or a computation of its own. */
final class FusedMultiplyAdd {
  private static final int CALLS = 64;

  /** A few tens where it is an instruction, even interpreted; thousands in big decimals. */
  private static final long CERTAINLY_NANOS = 500;

  private static final boolean INSTRUCTION = isFast() || saysTheJvm();

  private FusedMultiplyAdd() {}

  static boolean isAnInstruction() {
    return INSTRUCTION;
  }

  /** Nothing but the instruction is that fast; slow proves nothing. Asking the JVM takes 40 ms. */
  private static boolean isFast() {
    float sum = 0;
    for (int i = 0; i < 4; i++) {
      long start = System.nanoTime();
      for (int k = 0; k < CALLS; k++) {
        sum = Math.fma(sum, 0.5f, k);
      }
      if (System.nanoTime() - start < CALLS * CERTAINLY_NANOS && sum > 0) {
        return true;
      }
    }
    return false;
  }

  private static boolean saysTheJvm() {
    try {
      return Boolean.parseBoolean(
          ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
              .getVMOption("UseFMA")
              .getValue());
    } catch (IllegalArgumentException | LinkageError e) {
      return false; // another JVM, or one without its management
    }
  }
}
