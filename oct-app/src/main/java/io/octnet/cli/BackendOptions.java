package io.octnet.cli;

import io.octnet.UserException;
import io.octnet.compute.Backend;
import io.octnet.compute.Compute;
import io.octnet.compute.DeviceException;
import picocli.CommandLine.Option;

/** Which back-end computes, and with how many threads. */
final class BackendOptions {
  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads that compute. Default: one a core.")
  Integer threads;

  @Option(
      names = "--backend",
      paramLabel = "NAME",
      description =
          "simd, scalar, opencl, or auto: a GPU where it is faster; octnet devices says which run here."
              + " Default: the fastest on the CPU.")
  String backend;

  int threads() {
    if (threads != null && threads < 1) {
      throw UserException.usage("--threads is " + threads + "; expected 1 or more");
    }
    return threads == null ? Backend.defaultThreads() : threads;
  }

  /** Makes it the back-end of the process, until that is closed. */
  InUse use() {
    Compute compute = create();
    Backend.use(compute);
    return new InUse(compute);
  }

  /** The back-end of a command while it runs. */
  record InUse(Compute compute) implements AutoCloseable {
    @Override
    public void close() {
      Backend.retire(compute);
    }
  }

  /** The name of the one asked for, else of the fastest. */
  String name() {
    return backend == null ? Backend.best() : backend;
  }

  Compute create() {
    if (OpenClAddOn.offers(name()) && !OpenClAddOn.isInstalled()) {
      throw new UserException("--backend " + name() + ": " + OpenClAddOn.MISSING);
    }
    try {
      return Backend.create(name(), threads());
    } catch (IllegalArgumentException e) {
      throw UserException.usage("--backend: " + e.getMessage());
    } catch (DeviceException e) {
      throw new UserException("--backend: " + e.getMessage(), e);
    }
  }
}
