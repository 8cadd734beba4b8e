package io.octnet.opencl;

import io.octnet.compute.Backend;
import io.octnet.compute.Compute;
import net.jqwik.api.lifecycle.LifecycleContext;
import net.jqwik.api.lifecycle.SkipExecutionHook;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Skips tests and properties, saying so in one line, where there is no OpenCL device. */
final class WithDevice implements ExecutionCondition, SkipExecutionHook {
  private static boolean said;

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    String reason = reason();
    return reason == null
        ? ConditionEvaluationResult.enabled("a device is here")
        : ConditionEvaluationResult.disabled(reason);
  }

  @Override
  public SkipResult shouldBeSkipped(LifecycleContext context) {
    String reason = reason();
    return reason == null ? SkipResult.doNotSkip() : SkipResult.skip(reason);
  }

  private static synchronized String reason() {
    String reason = new OpenClProvider().unavailableBecause();
    if (reason != null && !said) {
      said = true;
      System.out.println("skipped: the OpenCL tests (" + reason + ")");
    }
    return reason;
  }

  /** The device's back-end. */
  static Compute compute() {
    return Backend.create("opencl", 2);
  }

  /** PoCL contracts a * b + c, as {@link Math#fma} does. */
  static boolean isPocl() {
    return Devices.name(Devices.best()).contains("Portable");
  }
}
