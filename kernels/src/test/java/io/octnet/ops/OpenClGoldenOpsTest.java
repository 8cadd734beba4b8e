package io.octnet.ops;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.octnet.compute.Backend;
import io.octnet.compute.ComputeProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;

/** The golden ops once more, convolutions and matrices on the OpenCL device that is here. */
class OpenClGoldenOpsTest extends GoldenOpsTest {
  private static ComputeProvider provider() {
    return Backend.providers().stream()
        .filter(each -> each.name().equals("opencl"))
        .findFirst()
        .orElseThrow();
  }

  @BeforeAll
  static void needsADevice() {
    String reason = provider().unavailableBecause();
    if (reason != null) {
      System.out.println("skipped: the OpenCL tests (" + reason + ")");
    }
    assumeTrue(reason == null, reason);
  }

  @Override
  Stream<ComputeProvider> backends() {
    return Stream.of(provider());
  }
}
