package io.octnet.opencl;

import com.aparapi.Kernel;
import com.aparapi.Range;
import com.aparapi.device.Device;
import com.aparapi.device.OpenCLDevice;
import com.aparapi.exception.CompileFailedException;
import com.aparapi.internal.kernel.KernelManager;
import io.octnet.compute.DeviceException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Runs a kernel on one device, or says why not. Aparapi by itself falls back to a pool of Java
 * threads in silence when a kernel cannot be translated or a device fails; here each run names the
 * device that it used.
 */
final class Guard {
  private final OpenCLDevice device;
  private final Set<Kernel> ran = Collections.newSetFromMap(new IdentityHashMap<>());
  private volatile Device used;

  Guard(OpenCLDevice device) {
    this.device = device;
  }

  OpenCLDevice device() {
    return device;
  }

  /**
   * Translates and builds a kernel, once for each instance.
   *
   * @throws DeviceException with what Aparapi or the device's compiler says
   */
  <K extends Kernel> K prepare(K kernel) {
    KernelManager.instance().setPreferredDevices(kernel, new LinkedHashSet<>(List.of(device)));
    kernel.setExplicit(true);
    try {
      kernel.compile(device);
    } catch (CompileFailedException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new DeviceException(
          "the kernel %s cannot be built for %s: %s"
              .formatted(
                  kernel.getClass().getSimpleName(), Devices.name(device), cause.getMessage()),
          e);
    }
    kernel.registerProfileReportObserver((kernelClass, on, report) -> used = on);
    return kernel;
  }

  /**
   * A range of groups of 16 x 16 x 1.
   *
   * @throws DeviceException when the device cannot run such groups
   */
  Range groups(int x, int y, int z) {
    int items = TileKernel.GROUP * TileKernel.GROUP;
    if (device.getMaxWorkGroupSize() < items || device.getLocalMemSize() < TileKernel.LOCAL_BYTES) {
      throw new DeviceException(
          "%s has groups of %d and %d bytes of local memory; expected at least %d and %d"
              .formatted(
                  Devices.name(device),
                  device.getMaxWorkGroupSize(),
                  device.getLocalMemSize(),
                  items,
                  TileKernel.LOCAL_BYTES),
          null);
    }
    Range range =
        device.createRange3D(
            x * TileKernel.GROUP, y * TileKernel.GROUP, z, TileKernel.GROUP, TileKernel.GROUP, 1);
    if (!range.isValid()) {
      throw new DeviceException(
          "%s refuses the range %s".formatted(Devices.name(device), range), null);
    }
    return range;
  }

  /**
   * Runs it.
   *
   * @throws DeviceException when it failed, or anything but the device ran it
   */
  void run(Kernel kernel, Range range) {
    used = null;
    try {
      kernel.execute(range);
    } catch (AssertionError | RuntimeException e) {
      throw new DeviceException(
          "%s failed on %s: %s"
              .formatted(kernel.getClass().getSimpleName(), Devices.name(device), e.getMessage()),
          e);
    }
    boolean failed = !KernelManager.instance().getPreferences(kernel).getFailedDevices().isEmpty();
    ran.add(kernel);
    if (used != device || failed) {
      throw new DeviceException(
          "%s was to run on %s, but ran on %s"
              .formatted(
                  kernel.getClass().getSimpleName(),
                  Devices.name(device),
                  used == null ? "nothing" : used.getShortDescription()),
          null);
    }
  }

  /** Gives a kernel's memory back; Aparapi crashes where it never ran, and then there is none. */
  void dispose(Kernel kernel) {
    if (kernel != null && ran.remove(kernel)) {
      kernel.dispose();
    }
  }

  /** Gives the memory of all kernels back. */
  void disposeAll() {
    ran.forEach(Kernel::dispose);
    ran.clear();
  }
}
