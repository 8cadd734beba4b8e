package io.octnet.cli;

import io.octnet.compute.Backend;
import java.util.Set;

/** The back-ends {@code opencl} and {@code auto}, which are in a jar that users may leave out. */
final class OpenClAddOn {
  private static final Set<String> BACKENDS = Set.of("opencl", "auto");

  /** What to do about it. */
  static final String MISSING =
      "the add-on for OpenCL is not installed; lay octnet-opencl.jar beside oct-app.jar";

  private OpenClAddOn() {}

  static boolean offers(String backend) {
    return BACKENDS.contains(backend);
  }

  static boolean isInstalled() {
    return Backend.providers().stream().anyMatch(provider -> offers(provider.name()));
  }
}
